/**
 * The positive control: a page without any isolation does everything that is counted. A counter that does not move here
 * would prove nothing by staying at 0.
 */
import type { Browser } from 'puppeteer-core'
import { noCounts, type Counter, type Counts } from './counts.ts'
import type { Sink } from './sink.ts'
import { watchPage } from './watch.ts'

const raw = `<!doctype html><meta charset="utf-8"><title>raw</title><p id="bar">bar</p>
<img src="http://canary.invalid/p.png"><iframe src="http://127.0.0.1:9/frame"></iframe>
<style>#bar{color:red;font-size:40px}</style>
<div style="position:fixed;inset:0;background:#fff;z-index:9"></div>
<form id="f" method="post" action="http://127.0.0.1:9/form" target="t"><input name="a" value="b"></form><iframe name="t"></iframe>
<script>
  window.__pwned = 'control'
  document.getElementById('f').submit()
  setTimeout(() => { window.open('about:blank'); alert('control'); throw new Error('control') }, 50)
</script>`

/** Counters that this engine's watch can move, moved or not. */
export async function runControl(browser: Browser, sinks: readonly Sink[]): Promise<Counts> {
  const page = await browser.newPage()
  await page.setContent('<!doctype html><p id="bar">bar</p>')
  const watch = await watchPage(page, sinks, '#bar')
  await page.setContent(raw).catch(() => undefined)
  await new Promise((resolve) => setTimeout(resolve, 1500))
  const { counts } = await watch.take()
  await page.close()
  return { ...noCounts(), ...counts }
}

/** `dns` has no counter of its own: every name leads to the sink, where `tcp` counts it. */
export const controlled: readonly Counter[] = [
  'scripts',
  'http',
  'tcp',
  'navigations',
  'popups',
  'forms',
  'dialogs',
  'overlay',
  'style',
  'errors',
]
