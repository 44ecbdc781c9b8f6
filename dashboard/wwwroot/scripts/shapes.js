// Plain geometry in degrees and metres.
const metresPerDegree = 111195;

export function circle([lon, lat], radiusM) {
  const steps = 48;
  const ring = [];
  for (let i = 0; i <= steps; i++) {
    const angle = (i % steps) * 2 * Math.PI / steps;
    ring.push([
      lon + radiusM * Math.cos(angle) / (metresPerDegree * Math.cos(lat * Math.PI / 180)),
      lat + radiusM * Math.sin(angle) / metresPerDegree,
    ]);
  }
  return { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } };
}

/** West, south, east and north of a feature. */
export function extent(feature) {
  const points = feature.geometry.coordinates.flat(feature.geometry.type === 'MultiPolygon' ? 2 : 1);
  return span(points.map(([lon, lat]) => [lon, lat, lon, lat]));
}

/** The box around boxes, or null around none. */
export function span(boxes) {
  return boxes.length === 0 ? null : boxes.reduce((a, b) =>
    [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])]);
}
