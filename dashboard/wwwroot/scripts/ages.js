// Keeps "open 12 min" counting between refreshes, on the server's clock. Says the same as UkTime.Age.
const everyMs = 15000;
const serverAhead = Date.parse(document.body.dataset.now) - Date.now();

export function age(ms) {
  const minutes = Math.floor(ms / 60000);
  if (minutes < 1) return 'less than a minute';
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 1440) return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
  return minutes < 2880 ? '1 day' : `${Math.floor(minutes / 1440)} days`;
}

export function keepAges() {
  setInterval(() => {
    const now = Date.now() + serverAhead;
    for (const time of document.querySelectorAll('time[data-age]')) {
      const text = age(now - Date.parse(time.dateTime));
      if (time.textContent !== text) time.textContent = text;
    }
  }, everyMs);
}
