// What the page does in the browser; without it, all is there but for buttons and the filter.

const said = document.getElementById('said')

for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = false
  button.addEventListener('click', () => copy(button))
}

const filter = document.getElementById('filter')
if (filter) {
  filter.hidden = false
  filter.addEventListener('input', show)
  filter.addEventListener('submit', (event) => event.preventDefault())
  show()
}

// What is closed would not be printed.
const closed = [...document.querySelectorAll('details:not([open])')]
addEventListener('beforeprint', () => closed.forEach(toggle(true)))
addEventListener('afterprint', () => closed.forEach(toggle(false)))

// --- utils ---

/** Copies an object, or all of them, and says so, to a screen reader as well. */
async function copy(button) {
  const isAll = button.dataset.copy === 'all'
  const within = isAll ? document : button.closest('details')
  const codes = [...within.querySelectorAll('details code')]
  const what = button.getAttribute('aria-label')?.replace('Copy ', '') ?? 'all'
  try {
    await navigator.clipboard.writeText(codes.map((code) => `${code.textContent}\n`).join('---\n'))
    said.textContent = `Copied ${what}`
    button.textContent = 'Copied'
  } catch {
    // A browser may forbid it: then it is marked, for the keyboard.
    getSelection().selectAllChildren(codes[0])
    if (!isAll) said.textContent = 'Marked: press Ctrl+C to copy'
    button.textContent = isAll ? 'Not allowed' : 'Marked: press Ctrl+C'
  }
}

/** Shows the doors that are asked for, and says how many they are. */
function show() {
  const words = filter.elements.words.value.toLowerCase().split(/\s+/)
  const states = [...filter.querySelectorAll(':checked')].map(({ value }) => value)
  let [shown, all] = [0, 0]
  for (const group of document.querySelectorAll('tbody:has([data-state])')) {
    const name = group.querySelector('[scope=rowgroup]').textContent
    const doors = [...group.querySelectorAll('[data-state]')]
    for (const door of doors) {
      const text = `${name} ${door.textContent}`.toLowerCase()
      door.hidden = !(states.includes(door.dataset.state) && words.every((word) => text.includes(word)))
    }
    const own = doors.filter(({ hidden }) => !hidden).length
    group.hidden = own === 0
    shown += own
    all += doors.length
  }
  filter.querySelector('[role=status]').textContent = `${shown} of ${all} doors`
}

function toggle(open) {
  return (one) => {
    one.open = open
  }
}
