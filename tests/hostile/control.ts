/**
 * The positive control: a page without any isolation does everything that is counted. A counter that does not move here
 * would prove nothing by staying at 0.
 */
import { noCounts, type Counter, type Counts } from './counts.ts'
import type { EnginePage } from './engine-page.ts'
import type { Sink } from './sink.ts'

const raw = `<!doctype html><meta charset="utf-8"><title>raw</title><p id="bar">bar</p>
<img src="http://canary.invalid/p.png"><iframe src="http://canary.invalid/frame"></iframe>
<style>#bar{color:red;font-size:40px}</style>
<div style="position:fixed;inset:0;background:#fff;z-index:9"></div>
<form id="f" method="post" action="http://canary.invalid/form" target="t"><input name="a" value="b"></form><iframe name="t"></iframe>
<script>
  window.__pwned = 'control'
  window.onerror = (message) => { window.controlError = String(message) }
  addEventListener('click', () => window.open('about:blank'))
  document.getElementById('f').submit()
  setTimeout(() => { setTimeout(() => { throw new Error('control') }); window.open('about:blank'); alert('control') }, 50)
</script>`

/** What moved of this engine's counters; `dns` is told by the net log, when the engine has ended. */
export async function runControl(page: EnginePage, sinks: readonly Sink[]): Promise<Counts> {
  const counts = noCounts()
  const { style, overlay } = await page.control(raw, 1500)
  for (const { counter } of await page.events()) counts[counter]++
  for (const sink of sinks) for (const name of ['tcp', 'http', 'forms'] as const) counts[name] += sink.counts[name]
  counts.style = style ? 1 : 0
  counts.overlay = overlay ? 1 : 0
  return counts
}

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
