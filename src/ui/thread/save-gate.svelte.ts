/** Nothing that can do harm is saved before the reader has read what it is, and pressed again. */
import { dangerByName, dangerOf, type Danger } from '../../render/files/danger.ts'

export interface SaveQuestion {
  readonly danger: Danger
  readonly name: string
  /** Names of those among several; empty for one file. */
  readonly among: readonly string[]
  /** Its name says that it is something else. */
  readonly isHidden: boolean
  readonly answer: (isWanted: boolean) => void
}

export class SaveGate {
  #question = $state.raw<SaveQuestion | undefined>()

  get question(): SaveQuestion | undefined {
    return this.#question
  }

  /** Before its bytes are asked for. */
  async mayFetch(name: string, type: string): Promise<boolean> {
    const danger = dangerByName(name, type)
    return danger === null || (await this.#ask({ danger, name, among: [], isHidden: false }))
  }

  /** Once they are here, unless its name has said it already. */
  async maySave(blob: Blob, name: string, type: string): Promise<boolean> {
    if (dangerByName(name, type)) return true
    const danger = await dangerOf(blob, name, type)
    return danger === null || (await this.#ask({ danger, name, among: [], isHidden: danger !== 'archive' }))
  }

  /** Several that become one. */
  async maySaveAll(files: readonly { readonly name: string; readonly blob: Blob }[], as: string): Promise<boolean> {
    const dangers = await Promise.all(
      files.map(async ({ name, blob }) => ((await dangerOf(blob, name, '')) ? [name] : [])),
    )
    const among = dangers.flat()
    return among.length === 0 || (await this.#ask({ danger: 'archive', name: as, among, isHidden: false }))
  }

  #ask(asked: Omit<SaveQuestion, 'answer'>): Promise<boolean> {
    this.#question?.answer(false)
    return new Promise((resolve) => {
      const question: SaveQuestion = {
        ...asked,
        answer: (isWanted) => {
          if (this.#question === question) this.#question = undefined
          resolve(isWanted)
        },
      }
      this.#question = question
    })
  }
}
