/** The buttons over the row under the mouse: one strip that goes from row to row, out of what lists lay out themselves. */
import { mount } from 'svelte'
import type { Settings } from '../../../state/settings.svelte.ts'
import { linkOf, type Held } from './row-acts.ts'
import RowStrip from './RowStrip.svelte'

export class RowStrips {
  readonly #settings: Settings
  #held = $state.raw<Held | undefined>()
  #holder: HTMLElement | undefined

  constructor(settings: Settings) {
    this.#settings = settings
  }

  show(held: Held): void {
    const row = linkOf(held.element)?.parentElement
    if (!row) return
    this.#held = held
    this.#holder ??= this.#made()
    // put there anew it would be a new thing under the pointer, time and again
    if (this.#holder.parentElement !== row) row.append(this.#holder)
  }

  hide(): void {
    this.#holder?.remove()
    this.#held = undefined
  }

  #made(): HTMLElement {
    const holder = document.createElement('div')
    const held = (): Held | undefined => this.#held
    mount(RowStrip, {
      target: holder,
      props: {
        settings: this.#settings,
        get held() {
          return held()
        },
      },
    })
    return holder
  }
}
