// Everything here only improves pages that work without it.
import { keepAges } from './ages.js';
import { goLive } from './live.js';

keepAges();
goLive();
for (const panel of document.querySelectorAll('[data-map]')) {
  const { drawMap } = await import('./map.js');
  drawMap(panel);
}
for (const panel of document.querySelectorAll('[data-place]')) {
  const { helpToPlace } = await import('./place.js');
  helpToPlace(panel);
}
if (document.querySelector('[data-copy]')) {
  const { offerCopies } = await import('./copy.js');
  offerCopies();
}
