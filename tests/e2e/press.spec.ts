/** A link that is pointed at, pressed or touched contacts nobody before its question is answered. */
import { expect, test } from '@playwright/test'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launch } from 'puppeteer-core'
import { serve } from '../../demo/http/serve.ts'
import {
  dismiss,
  heldHosts,
  linkTo,
  openedHost,
  openPage,
  pressedLetters,
  pressLinks,
  tapLink,
} from '../hostile/press-links.ts'
import { openSink } from '../hostile/sink.ts'
import { CHROMIUM_ARGS, findChromium } from '../support/chromium.ts'

test('nobody is contacted by a press before the reader says so', async () => {
  test.setTimeout(120_000)
  const [site, sink] = [await serve({ messages: 0 }), await openSink()]
  for (const mail of pressedLetters) site.server.accountOf('mara@lindqvist.example').deliver(mail)
  const folder = mkdtempSync(join(tmpdir(), 'postern-press-'))
  const netLog = join(folder, 'net.json')
  const app = new URL(site.url).host
  // names of the letters lead to the sink, all others nowhere
  const rules = `MAP ${app} ${app}, MAP *.press.test 127.0.0.1:${String(sink.port)}, MAP * ~NOTFOUND`
  const browser = await launch({
    executablePath: findChromium() ?? '',
    args: [...CHROMIUM_ARGS, `--host-resolver-rules=${rules}`, `--log-net-log=${netLog}`],
  })
  try {
    await pressLinks(browser, site.url)
    const page = await openPage(browser, site.url, 'Pressed markup', true)
    await tapLink(page, await linkTo(page, 'touch.press.test'))
    await dismiss(page)
    expect(sink.requests).toEqual([])
    expect(sink.counts.tcp).toBe(0)
    await tapLink(page, await linkTo(page, openedHost))
    expect(sink.counts.tcp).toBe(0)
    await page.locator('::-p-xpath(//dialog[@open]//button[contains(., "Open it")])').click()
    // what begins before is accepted before
    await expect.poll(() => sink.counts.http).toBeGreaterThan(0)
    expect(sink.requests.filter(({ line }) => !/^GET \/ |favicon/.test(line))).toEqual([])
  } finally {
    await browser.close()
    await Promise.all([site.close(), sink.close()])
  }
  const log = readFileSync(netLog, 'utf8')
  rmSync(folder, { recursive: true })
  expect(log).toContain(openedHost)
  for (const host of heldHosts) expect(log).not.toContain(host)
})
