// Buttons that copy a text; without scripts it is selected by hand.
export function offerCopies() {
  for (const button of document.querySelectorAll('[data-copy]')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      const done = await copy(document.getElementById(button.dataset.copy));
      button.textContent = done ? 'Copied' : 'Selected: copy it now';
      setTimeout(() => { button.textContent = 'Copy'; }, 4000);
    });
  }
}

async function copy(element) {
  try {
    await navigator.clipboard.writeText(element.textContent);
    return true;
  } catch { // there is no clipboard without TLS: the old way, or at least the selection
    getSelection().selectAllChildren(element);
    return document.execCommand('copy');
  }
}
