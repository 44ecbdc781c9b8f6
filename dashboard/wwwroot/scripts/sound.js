// Two short tones on a new alert, only where the person has switched them on.
let audio = null;

for (const box of document.querySelectorAll('[data-live-sound]')) {
  box.closest('label').hidden = false;
  box.addEventListener('change', () => {
    audio = box.checked ? new AudioContext() : null;
    chime();
  });
}

export function chime() {
  if (!audio) return;
  for (const [pitch, delay] of [[660, 0], [880, 0.18]]) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const start = audio.currentTime + delay;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.15, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.16);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.17);
  }
}
