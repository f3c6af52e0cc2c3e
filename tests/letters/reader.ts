/** Signs in on the demo server, and opens letters by their place in the list, in any engine. */
import { until, type DrivenPage } from '../engines/driven-page.ts'

const button = `[...document.querySelectorAll('button')].find((one) => one.textContent.includes('Try the demo'))`
export const rowAt = (position: number): string =>
  `document.querySelector('.place:not(.parked) [data-view=messages] [role=listitem][aria-posinset="${String(position)}"]:not([aria-busy=true]) a[href]')`

export async function signInOnDemo(page: DrivenPage, url: string): Promise<void> {
  await page.goto(url)
  await until(page, 'the button of the demo', button)
  await page.run(`${button}.click()`)
  await until(page, 'rows', rowAt(1))
  await until(page, 'all mail', `document.documentElement.dataset.sync === 'ready'`)
}

/** Brings the row on screen: only those near it are there. */
export function showRow(page: DrivenPage, position: number): Promise<void> {
  return until(
    page,
    `row ${String(position)}`,
    `(() => {
      const link = ${rowAt(position)}
      const rows = [...document.querySelectorAll('.place:not(.parked) [data-view=messages] [role=listitem]')]
      const last = Number(rows.at(-1)?.getAttribute('aria-posinset'))
      const nearest = link ?? (last < ${String(position)} ? rows.at(-1) : rows[0])
      nearest?.scrollIntoView({ block: 'center' })
      return link
    })()`,
  )
}

/** Until the letter of the row is painted. */
export async function openLetter(page: DrivenPage, position: number): Promise<void> {
  await showRow(page, position)
  const id = await page.run<string>(`(() => {
    const link = ${rowAt(position)}
    link.click()
    return link.closest('[role=listitem]').dataset.emailId
  })()`)
  await until(
    page,
    `the letter of row ${String(position)}`,
    `document.querySelector('main article[data-email-id="${id}"][aria-busy=false]') && !document.querySelector('main article[aria-busy=true][data-email-id]')`,
  )
}
