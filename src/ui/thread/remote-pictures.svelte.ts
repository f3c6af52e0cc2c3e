/** The pictures from the internet of one letter: how many there are, whether they are shown, and whose are always. */
import { untrack } from 'svelte'
import { routed, type ImageRoute } from '../../render/image-route.ts'
import { visiblePictures } from '../../render/trackers.ts'
import type { LetterReading, PicturesOf } from './letter-reading.svelte.ts'
import type { AllowedPictures, LetterTree } from '../../render/letter.ts'
import type { PictureSenders } from '../../state/picture-senders.svelte.ts'

export interface RemotePicturesInput {
  readonly reading: () => Pick<LetterReading, 'remote' | 'pictures' | 'openHasFailed' | 'allow' | 'hold'>
  /** Of the letter: another one is another choice. */
  readonly id: () => string
  /** The sender's address where the own servers vouch for it; undefined where nobody does. */
  readonly sender: () => string | undefined
  readonly senders: () => PictureSenders
  readonly readRoute: () => Promise<ImageRoute>
}

export class RemotePictures {
  readonly #input: RemotePicturesInput
  readonly #visible = new WeakMap<LetterTree, AllowedPictures>()
  #route = $state.raw<ImageRoute | undefined>()
  #hasFailed = $state.raw(false)
  #of: PicturesOf | undefined
  /** The letter that is shown because its sender's always are. */
  #shownAlways: string | undefined

  /** Distinct pictures but trackers. */
  readonly count = $derived.by(() => this.#sum((tree) => this.#visibleIn(tree).size))
  readonly trackers = $derived.by(() => this.#sum((tree) => tree.remoteImages - this.#visibleIn(tree).size))
  readonly isAlways = $derived.by(() => {
    const sender = this.#input.sender()
    return sender !== undefined && this.#input.senders().addresses.includes(sender)
  })

  constructor(input: RemotePicturesInput) {
    this.#input = input
    void this.#ask()
    $effect(() => this.#follow())
  }

  /** Undefined as long as nothing is known of a proxy. */
  get route(): ImageRoute | undefined {
    return this.#route
  }

  /** It could not be read whether there is a proxy. */
  get hasFailed(): boolean {
    return this.#hasFailed
  }

  get isShown(): boolean {
    const { pictures, openHasFailed } = this.#input.reading()
    return pictures !== undefined && !openHasFailed
  }

  /** Shows them in this letter. False where that cannot be. */
  async show(): Promise<boolean> {
    const id = this.#input.id()
    await this.#ask()
    if (this.#route === undefined || id !== this.#input.id()) return false
    this.#input.reading().allow(this.#picturesOf(this.#route))
    return true
  }

  hold(): void {
    this.#input.reading().hold()
  }

  async setAlways(isAlways: boolean): Promise<void> {
    const sender = this.#input.sender()
    if (sender === undefined) return
    await this.#input.senders().set(sender, isAlways)
    if (!isAlways) this.hold()
  }

  /** Letters of a sender whose pictures are always shown begin with them, and lose them with the choice. */
  #follow(): void {
    const id = this.#input.id()
    const reading = this.#input.reading()
    const route = this.#route
    const isAsked = this.isAlways && route !== undefined
    const isShown = reading.pictures !== undefined
    untrack(() => {
      if (isAsked && !isShown) reading.allow(this.#picturesOf(route))
      if (!this.isAlways && this.#shownAlways === id) reading.hold()
      this.#shownAlways = this.isAlways ? id : undefined
    })
  }

  async #ask(): Promise<void> {
    if (this.#route !== undefined) return
    try {
      this.#route = await this.#input.readRoute()
      this.#hasFailed = false
    } catch {
      this.#hasFailed = true
    }
  }

  /** One function for each route, with one answer for each tree: a frame is not drawn twice for the same pictures. */
  #picturesOf(route: ImageRoute): PicturesOf {
    if (this.#of) return this.#of
    const known = new WeakMap<LetterTree, AllowedPictures>()
    this.#of = (tree) => {
      const pictures = known.get(tree) ?? routed(this.#visibleIn(tree), route)
      known.set(tree, pictures)
      return pictures
    }
    return this.#of
  }

  #visibleIn(tree: LetterTree): AllowedPictures {
    const visible = this.#visible.get(tree) ?? visiblePictures(tree)
    this.#visible.set(tree, visible)
    return visible
  }

  #sum(countIn: (tree: LetterTree) => number): number {
    return this.#input.reading().remote.reduce((sum, tree) => sum + countIn(tree), 0)
  }
}
