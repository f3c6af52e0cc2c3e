/** Asks before what nothing brings back (design §1.6). Lies over whatever is on the screen. */
import { mount, tick } from 'svelte'
import Question from './Question.svelte'

export interface QuestionWords {
  readonly title: string
  readonly text: string
  readonly yes: string
  readonly no: string
}

/** Answers once the focus is back where it was. Esc, back and a press beside it mean no. */
export async function ask(words: QuestionWords): Promise<boolean> {
  const isYes = await new Promise<boolean>((resolve) => {
    mount(Question, { target: document.body, props: { ...words, onAnswer: resolve } })
  })
  await tick()
  return isYes
}
