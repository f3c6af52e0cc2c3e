/** What comes out under a row that is pulled aside: one button on a fill. Made by hand, so that nothing of it stays. */
import type { SwipeSide } from '../../../state/swipe-choice.ts'
import type { SwipeAction } from './swipe-actions.ts'

const SVG = 'http://www.w3.org/2000/svg'

export class SwipeFill {
  readonly #fill = document.createElement('div')
  readonly #button = document.createElement('button')
  /** Of its button, which grows with the text. */
  readonly width: number

  constructor(item: HTMLElement, side: SwipeSide, action: SwipeAction, onPress: () => void) {
    const fill = this.#fill
    fill.className = 'swipe-fill'
    fill.dataset['side'] = side
    fill.dataset['tone'] = action.tone
    const button = this.#button
    button.type = 'button'
    // the row's own actions are elsewhere for who goes by keys
    button.tabIndex = -1
    button.append(drawing(action.icon), action.word)
    button.addEventListener('click', (event) => {
      event.stopPropagation()
      onPress()
    })
    fill.append(button)
    item.append(fill)
    this.width = button.offsetWidth
  }

  /** The word stays in the middle of what is to be seen. */
  show(offset: number): void {
    const spare = Math.max(0, Math.abs(offset) - this.width) / 2
    this.#button.style.transform = `translateX(${String(offset < 0 ? -spare : spare)}px)`
  }

  /** It is done: the icon grows, once. */
  commit(): void {
    this.#fill.dataset['committed'] = ''
  }

  remove(): void {
    this.#fill.remove()
  }
}

/** An icon, made by hand. */
export function drawing(icon: string): SVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  const path = document.createElementNS(SVG, 'path')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  path.setAttribute('d', icon)
  svg.append(path)
  return svg
}
