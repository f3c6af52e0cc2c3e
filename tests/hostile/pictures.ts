/** Letters whose pictures are shown once the reader says so: nothing but pictures may be asked for, and nothing told. */
import { letterOf, openRow, showRow } from './app-driver.ts'
import { until, pause, type EnginePage } from './engine-page.ts'
import type { Watch } from './watch.ts'

/** Part of the run's own letter, which proves that a picture does come. */
export const pictureControl = {
  path: '/postern-control.png',
  /** A letter as it comes in. Its other wishes are what must stay unheard. */
  raw: (): string =>
    [
      'From: Control <control@remote.example>',
      'To: Mara Lindqvist <mara@lindqvist.example>',
      'Subject: Pictures of the control',
      'Message-ID: <postern-picture-control@remote.example>',
      `Date: ${new Date().toUTCString()}`,
      'MIME-Version: 1.0',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<p>One picture, and much else.</p>',
      '<img src="https://canary.invalid/postern-control.png" width="200" height="100" alt="A harbour">',
      '<link rel="stylesheet" href="https://canary.invalid/sheet.css"><script src="https://canary.invalid/x.js"></script>',
      '<style>@import url(https://canary.invalid/i.css); p { background: url(https://canary.invalid/b.png) }</style>',
      '<video src="https://canary.invalid/v.mp4" poster="https://canary.invalid/poster.png" autoplay></video>',
      '<iframe src="https://canary.invalid/frame"></iframe><object data="https://canary.invalid/o"></object>',
      '',
    ].join('\r\n'),
}

export interface PictureRun {
  /** Letters whose pictures were allowed, the control among them. */
  letters: number
  requests: number
  control: number
}

/** The letter stands open: allows its pictures, and waits for what comes. */
export async function allowPictures(page: EnginePage, watch: Watch, scope: string, run: PictureRun): Promise<void> {
  const isAsked = await page.evaluate((selector) => {
    const button = [...document.querySelectorAll<HTMLElement>(`${selector} button`)].find(({ textContent }) =>
      /^show once/i.test(textContent.trim()),
    )
    button?.click()
    return button !== undefined
  }, scope)
  if (!isAsked) return
  run.letters += 1
  await until(
    page,
    'the letter with its pictures',
    15_000,
    (selector) => {
      const letter = document.querySelector(selector)
      return letter !== null && letter.getAttribute('aria-busy') !== 'true' && !/show once/i.test(letter.textContent)
    },
    scope,
  )
  await pause(250)
  count(watch, run)
}

function count(watch: Watch, run: PictureRun): void {
  for (const { line, isSecure } of watch.takePictures()) {
    run.requests += 1
    if (isSecure && line.includes(pictureControl.path)) run.control += 1
  }
}

/** The control stands first in the list: it came last. */
export async function provePictures(page: EnginePage, watch: Watch, emailId: string, run: PictureRun): Promise<void> {
  await showRow(page, 1)
  await openRow(page, 1, emailId)
  await watch.take()
  await allowPictures(page, watch, letterOf(emailId), run)
  for (let tries = 0; tries < 40 && run.control === 0; tries += 1) {
    await pause(100)
    count(watch, run)
  }
}
