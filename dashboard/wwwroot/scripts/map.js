// The map follows the lists: every element with data-lat is drawn, and drawn again after a live part was swapped.
import { Map as MapView, Marker, NavigationControl, ScaleControl } from '../lib/maplibre-gl/maplibre-gl.mjs';
import { circle, extent, span } from './shapes.js';

export const palettes = {
  light: { ground: '#e9eef1', land: '#f8fafb', border: '#5b7386', own: '#12456b', street: '#ffffff', kerb: '#c3ced6' },
  dark: { ground: '#121a21', land: '#1b262f', border: '#6c8496', own: '#93c9ff', street: '#3d4e5c', kerb: '#0d1318' },
};

export async function drawMap(panel) {
  const dark = panel.dataset.dark === 'true';
  const [neighbourhoods, streets] = await Promise.all(['/api/neighbourhoods.geojson', '/api/streets.geojson'].map(collection));
  const listed = () => list(neighbourhoods);
  const points = listed();
  const bounds = panel.dataset.bounds
    ? panel.dataset.bounds.split(',').map(Number)
    : span([...(points.length > 0 && panel.dataset.close ? [] : neighbourhoods.features.map(extent)), ...points.map(point => extent(point.shape))]);
  const holder = document.createElement('div');
  holder.className = 'map-holder';
  panel.append(holder);
  let map;
  try {
    map = new MapView({
      container: holder,
      style: panel.dataset.styleUrl || plainStyle(palettes[dark ? 'dark' : 'light'], neighbourhoods, streets, panel.dataset.slug ?? ''),
      bounds: bounds ?? [-8, 49.9, 1.8, 59],
      fitBoundsOptions: { padding: 36, maxZoom: 16 },
      attributionControl: panel.dataset.styleUrl ? {} : false,
      cooperativeGestures: matchMedia('(pointer: coarse)').matches,
      fadeDuration: 0,
      locale: { 'Map.Title': panel.dataset.label },
    });
  } catch {
    holder.remove(); // no WebGL: the sentence in the panel says so, and the lists hold everything
    return;
  }
  panel.classList.add('drawn');
  map.addControl(new NavigationControl({ showCompass: false }));
  map.addControl(new ScaleControl({ unit: 'metric' }));
  if (!panel.dataset.styleUrl) label(map, neighbourhoods);
  map.once('load', () => {
    map.addSource('listed', { type: 'geojson', data: shapes(listed()) });
    map.addLayer({ id: 'listed-fill', type: 'fill', source: 'listed', paint: { 'fill-color': ['get', 'colour'], 'fill-opacity': dark ? 0.34 : 0.22 } });
    map.addLayer({ id: 'listed-line', type: 'line', source: 'listed', paint: { 'line-color': ['get', 'colour'], 'line-width': 2 } });
    let markers = mark(map, listed());
    document.addEventListener('live-swapped', () => {
      const now = listed();
      map.getSource('listed').setData(shapes(now));
      markers.forEach(marker => marker.remove());
      markers = mark(map, now);
    });
    panel.dataset.ready = 'true';
  });
}

function list(neighbourhoods) {
  return [...document.querySelectorAll('[data-lat]')].map(element => {
    const { lat, lon, radius, hazard, label: text, link, area, areaOnly } = element.dataset;
    const centre = [Number(lon), Number(lat)];
    return { centre, hazard, text, link, bare: areaOnly !== undefined, radius: Number(radius), shape: neighbourhoods.features.find(feature => feature.properties.slug === area) ?? circle(centre, Math.max(Number(radius), 1)) };
  });
}

function shapes(points) {
  const features = points.filter(point => point.radius > 0)
    .map(point => ({ ...point.shape, properties: { colour: colourOf(point.hazard) } }));
  return { type: 'FeatureCollection', features };
}

function colourOf(hazard) {
  const probe = document.createElement('span');
  probe.className = `hazard-${hazard}`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).getPropertyValue('--hazard').trim();
  probe.remove();
  return colour;
}

// Markers are for the mouse: the list that they come from serves keyboards and screen readers.
function mark(map, points) {
  return points.filter(point => !point.bare).map(({ centre, hazard, text, link, radius }) => {
    const element = document.createElement(link ? 'a' : 'span');
    element.className = `map-marker hazard-${hazard}${radius > 0 ? '' : ' map-dot'}`;
    element.title = text;
    if (link) {
      element.href = link;
      element.tabIndex = -1;
    }
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
    use.setAttribute('href', `/_content/CivicSignals.Dashboard/hazards.svg#${hazard}`);
    svg.append(use);
    if (radius > 0) element.append(svg);
    const marker = new Marker({ element }).setLngLat(centre).addTo(map);
    element.removeAttribute('aria-label');
    element.removeAttribute('role');
    element.setAttribute('aria-hidden', 'true');
    return marker;
  });
}

function label(map, neighbourhoods) {
  for (const feature of neighbourhoods.features) {
    const [west, south, east, north] = extent(feature);
    const element = document.createElement('span');
    element.className = 'map-label';
    element.textContent = feature.properties.name;
    new Marker({ element, offset: [0, -32] }).setLngLat([(west + east) / 2, (south + north) / 2]).addTo(map);
    element.removeAttribute('aria-label');
    element.removeAttribute('role');
    element.setAttribute('aria-hidden', 'true');
  }
}

export async function collection(address) {
  const nothing = { type: 'FeatureCollection', features: [] };
  try {
    const response = await fetch(address);
    return response.ok ? await response.json() : nothing;
  } catch {
    return nothing; // the map is drawn without it
  }
}

export function plainStyle(colours, neighbourhoods, streets, slug) {
  const width = (near, far) => ['interpolate', ['exponential', 1.6], ['zoom'], 12, far, 18, near];
  return {
    version: 8,
    sources: {
      neighbourhoods: { type: 'geojson', data: neighbourhoods },
      streets: { type: 'geojson', data: streets },
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': colours.ground } },
      { id: 'land', type: 'fill', source: 'neighbourhoods', paint: { 'fill-color': colours.land } },
      { id: 'kerbs', type: 'line', source: 'streets', layout: { 'line-cap': 'round' }, paint: { 'line-color': colours.kerb, 'line-width': width(20, 1.6) } },
      { id: 'streets', type: 'line', source: 'streets', layout: { 'line-cap': 'round' }, paint: { 'line-color': colours.street, 'line-width': width(16, 0.8) } },
      { id: 'borders', type: 'line', source: 'neighbourhoods', paint: { 'line-color': colours.border, 'line-width': 1.6, 'line-dasharray': [3, 2] } },
      { id: 'own-border', type: 'line', source: 'neighbourhoods', filter: ['==', ['get', 'slug'], slug], paint: { 'line-color': colours.own, 'line-width': 3 } },
    ],
  };
}
