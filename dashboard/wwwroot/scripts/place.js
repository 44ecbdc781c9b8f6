// Fills the two fields of a place from where the person is, or from a click on a map. The fields are what counts.
import { Map as MapView, Marker, NavigationControl } from '../lib/maplibre-gl/maplibre-gl.mjs';
import { collection, palettes, plainStyle } from './map.js';
import { extent, span } from './shapes.js';

export function helpToPlace(panel) {
  const fields = { lat: panel.querySelector('[name=lat]'), lon: panel.querySelector('[name=lon]') };
  const place = {
    read: () => (fields.lat.value && fields.lon.value ? [Number(fields.lon.value), Number(fields.lat.value)] : null),
    write: ([lon, lat]) => {
      fields.lat.value = lat.toFixed(5);
      fields.lon.value = lon.toFixed(5);
      panel.dispatchEvent(new Event('placed'));
    },
  };
  offerLocation(panel.querySelector('[data-locate]'), place);
  const whole = panel.closest('details');
  if (whole && !whole.open) whole.addEventListener('toggle', () => drawPicker(panel, fields, place), { once: true });
  else drawPicker(panel, fields, place);
}

function offerLocation(line, place) {
  if (!window.isSecureContext || !navigator.geolocation) return;
  const says = line.querySelector('[role=status]');
  line.hidden = false;
  line.querySelector('button').addEventListener('click', () => {
    says.textContent = 'Looking …';
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      place.write([coords.longitude, coords.latitude]);
      says.textContent = `Found, to within ${Math.round(coords.accuracy)} m. Check it on the map.`;
    }, () => { says.textContent = 'Your device did not tell. Choose the place on the map, or fill it in.'; }, { enableHighAccuracy: true, timeout: 15000 });
  });
}

async function drawPicker(panel, fields, place) {
  const holder = panel.querySelector('[data-place-map]');
  const hint = panel.querySelector('[data-place-hint]');
  const [neighbourhoods, streets] = await Promise.all(['/api/neighbourhoods.geojson', '/api/streets.geojson'].map(collection));
  holder.hidden = hint.hidden = false;
  const start = place.read();
  let map;
  try {
    map = new MapView({
      container: holder,
      style: holder.dataset.styleUrl || plainStyle(palettes.light, neighbourhoods, streets, ''),
      ...(start ? { center: start, zoom: 16 } : { bounds: span(neighbourhoods.features.map(extent)) ?? [-8, 49.9, 1.8, 59] }),
      attributionControl: holder.dataset.styleUrl ? {} : false,
      cooperativeGestures: matchMedia('(pointer: coarse)').matches,
      fadeDuration: 0,
      locale: { 'Map.Title': holder.dataset.label },
    });
  } catch {
    holder.hidden = hint.hidden = true; // no WebGL: the fields do
    return;
  }
  map.addControl(new NavigationControl({ showCompass: false }));
  const marker = new Marker({ color: '#12456b', draggable: true });
  marker.on('dragend', () => place.write(marker.getLngLat().toArray()));
  map.on('click', event => place.write(event.lngLat.toArray()));
  const show = () => {
    const at = place.read();
    if (!at || at.some(Number.isNaN) || Math.abs(at[1]) > 85) return;
    marker.setLngLat(at).addTo(map);
    marker.getElement().setAttribute('aria-hidden', 'true');
    if (!map.getBounds().contains(at)) map.jumpTo({ center: at, zoom: 16 });
  };
  panel.addEventListener('placed', show);
  for (const field of Object.values(fields)) field.addEventListener('change', show);
  show();
  map.once('load', () => { holder.dataset.ready = 'true'; });
}
