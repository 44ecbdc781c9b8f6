// Live parts: [data-live] names the address of a part that the server renders, [data-live-stream] the events that tell when to
// fetch it again. Events only ever say "look again", so a lost one costs nothing once the next arrives or the stream reopens.
import { chime } from './sound.js';

const gatherMs = 120;
const loaded = Date.parse(document.body.dataset.now);

export function goLive() {
  const parts = Map.groupBy(document.querySelectorAll('[data-live]'), part => part.dataset.liveStream);
  for (const [stream, elements] of parts) listen(stream, elements.map(follow));
}

function listen(stream, parts) {
  const source = new EventSource(stream);
  source.addEventListener('open', () => {
    for (const element of document.querySelectorAll('[data-live-status]')) write(element, element.dataset.liveStatus || 'Live');
    document.documentElement.classList.add('is-live');
    parts.forEach(part => part.refresh());
  });
  source.addEventListener('error', () => {
    say('[data-live-status]', 'Connection lost. Trying again.');
    document.documentElement.classList.remove('is-live');
  });
  for (const type of ['incident', 'alert']) {
    source.addEventListener(type, event => {
      const line = JSON.parse(event.data);
      const incident = type === 'incident' ? line.id : line.incident;
      parts.filter(part => part.questions === undefined && (!part.incident || part.incident === incident)).forEach(part => part.refresh(event.lastEventId));
      if (type === 'alert') announce(line);
    });
  }
  source.addEventListener('question', event => {
    const asked = JSON.parse(event.data);
    parts.filter(part => part.questions === '' || part.questions === asked.id || (part.questions && part.questions === asked.incident)).forEach(part => part.refresh());
  });
}

function follow(element) {
  let timer = 0;
  let running = false;
  let again = false;
  let seq = '';

  async function fetchPart() {
    timer = 0;
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      const address = new URL(element.dataset.live, location.href);
      if (seq) address.searchParams.set('seq', seq); // a cache in front must not answer with what stood before the event
      const response = await fetch(address, { cache: 'no-store', redirect: 'manual' });
      if (response.ok) swap(element, await response.text());
      else say('[data-live-status]', response.type === 'opaqueredirect' || response.status === 401
        ? 'You are signed out. Reload the page to sign in.'
        : 'Could not refresh. Reload the page.');
    } catch {
      say('[data-live-status]', 'Could not refresh. Reload the page.');
    } finally {
      running = false;
      if (again) {
        again = false;
        fetchPart();
      }
    }
  }

  return {
    incident: element.dataset.liveIncident,
    questions: element.dataset.liveQuestions, // an empty text: all of them
    refresh(newest) {
      seq = newest || seq;
      timer ||= setTimeout(fetchPart, gatherMs);
    },
  };
}

function swap(element, html) {
  const focused = element.contains(document.activeElement) ? document.activeElement.id : '';
  const opened = [...element.querySelectorAll('details[open][id]')].map(details => details.id);
  element.innerHTML = html;
  for (const id of opened) document.getElementById(id)?.setAttribute('open', '');
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  document.dispatchEvent(new Event('live-swapped'));
}

function announce(alert) {
  if (Date.parse(alert.at) < loaded || alert.msgType !== 'Alert') return;
  const confirmed = alert.confirmed ? 'Confirmed' : 'Unconfirmed';
  say('[data-live-news]', `New alert. ${confirmed}: ${alert.headline}`);
  chime();
}

// Only a change is written: screen readers read a status region whenever it is touched.
function say(selector, text) {
  for (const element of document.querySelectorAll(selector)) write(element, text);
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
