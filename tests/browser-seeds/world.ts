/** One seed's browser, line and server, and what its steps do to them. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright'
import { IS_ALL_KEPT, KEEP_REST } from '../support/kept-shell.ts'
import { Ledger, type Acknowledged } from './ledger.ts'
import { faultLine, type FaultLine } from './line.ts'
import { PLANTS, type PlantName } from './plants.ts'
import { Profile } from './profile.ts'
import { act, lastAcknowledged, type Desk } from './reader.ts'
import { stepInWords, type ActionName, type Schedule, type Step } from './schedule.ts'
import type { MailServer } from './servers.ts'
import { Tab } from './tab.ts'

const NEEDS_FILES: readonly ActionName[] = ['move', 'label', 'open']

export class World {
  readonly schedule: Schedule
  readonly server: MailServer
  readonly line: FaultLine
  readonly ledger = new Ledger()
  /** What was done, as it was done. */
  readonly trace: string[] = []
  readonly breaches: string[] = []
  readonly #profile: Profile
  #tabs: Tab[] = []
  #names = 0
  #isOffline = false
  #place = ''

  static async create(schedule: Schedule, server: MailServer, plant?: PlantName): Promise<World> {
    const line = await faultLine(server.url)
    line.isLying = plant === 'lying-line'
    return new World(schedule, server, line, plant === undefined ? undefined : PLANTS[plant])
  }

  private constructor(schedule: Schedule, server: MailServer, line: FaultLine, plant: string | undefined) {
    this.schedule = schedule
    this.server = server
    this.line = line
    this.#profile = new Profile({
      url: line.url,
      serviceWorkers: schedule.hasUpgrade ? 'block' : 'allow',
      plant,
      onRow: (page, row) => this.#note(page, row),
      onBreach: (what) => this.breach(what),
    })
  }

  breach(what: string): void {
    this.breaches.push(what)
    this.trace.push(`  !! ${what}`)
  }

  get tabs(): readonly Tab[] {
    return this.#tabs
  }

  /** Signed in, in as many tabs as the schedule begins with. */
  async begin(): Promise<void> {
    const page = await this.#profile.start()
    await page.goto(this.line.url)
    await page.fill('input[autocomplete=username]', this.server.user)
    await page.fill('input[autocomplete=current-password]', this.server.password)
    await page.getByRole('checkbox', { name: 'This device is mine' }).setChecked(true)
    await page.click('button[type=submit]')
    const tab = this.#newTab(page)
    await tab.settle()
    await page.locator('html[data-sync=ready]').waitFor({ timeout: 60_000 })
    this.#place = page.url()
    if (this.schedule.isKept) {
      await page.evaluate(`${KEEP_REST}.then(() => undefined)`)
      await untilTrue(() => page.evaluate<boolean>(IS_ALL_KEPT), 'the app is not kept')
    }
    while (this.#tabs.length < this.schedule.tabs) await this.#open()
  }

  async run(): Promise<void> {
    const started = performance.now()
    for (const step of this.schedule.steps) {
      this.trace.push(`${((performance.now() - started) / 1000).toFixed(1)} s: ${stepInWords(step)}`)
      await this.#take(step)
      if (this.breaches.length > 0) return
    }
    for (const tab of this.#tabs) if (tab.isUsable) await lastAcknowledged(tab, this.#desk())
  }

  /** Faults stop, the network is back, and every tab is there again. */
  async heal(): Promise<void> {
    this.trace.push('faults stop')
    this.line.heal()
    await this.#thaw()
    await this.#replaceCrashed()
    // As browsers say it: what the page knows of the line's return.
    await this.#profile.context.setOffline(true)
    await this.#profile.context.setOffline(false)
    if (this.#tabs.length === 0) await this.#open()
  }

  async close(): Promise<void> {
    await this.#profile.remove()
    await this.line.close()
  }

  #note(page: Page, row: Acknowledged): void {
    const words = this.ledger.add(row)
    const pressed = this.#tabs.find((tab) => tab.page === page)?.last
    if (!pressed) return
    pressed.words.push(...words)
    pressed.isAcknowledged ||= pressed.isMeant(words)
  }

  async #take(step: Step): Promise<void> {
    switch (step.kind) {
      case 'act':
        // What a first picker or conversation needs is fetched with it.
        if (NEEDS_FILES.includes(step.action)) await this.#withFiles()
        await this.#withTab(step.tab, (tab) => act(tab, step, this.#desk()))
        return
      case 'fault':
        this.line.arm({ ...step.fault })
        return
      case 'cutStreams':
        this.line.cutStreams()
        return
      case 'goOffline':
        this.line.isDown = true
        this.#isOffline = true
        if (step.isKnown) await this.#profile.context.setOffline(true)
        return
      case 'comeBack':
        await this.#comeBack()
        return
      case 'reload':
        await this.#withTab(step.tab, (tab) => this.#reload(tab))
        return
      case 'close':
        if (this.#tabs.filter(({ isUsable }) => isUsable).length > 1)
          await this.#withTab(step.tab, (tab) => this.#close(tab))
        return
      case 'open':
        if (this.#tabs.length < 5) await this.#open()
        return
      case 'crash':
        await this.#withTab(step.tab, async (tab) => {
          await tab.crash()
          await this.#replaceCrashed()
        })
        return
      case 'killBrowser':
        await this.#killBrowser()
        return
      case 'freeze':
        if (this.#tabs.filter(({ isUsable }) => isUsable).length > 1)
          await this.#withTab(step.tab, (tab) => tab.freeze())
        return
      case 'thaw':
        await this.#thaw()
        return
      case 'goTo':
        await this.#withTab(step.tab, async ({ page }) => {
          for (const key of step.key.split(' ')) await page.keyboard.press(key)
        })
        return
      case 'deliver':
        await this.server.deliver(`Seed ${String(this.schedule.seed)}, letter ${String(step.row)}`)
        return
      case 'otherClient':
        for (const [emailId, property] of await this.server.otherClient(step.row)) this.ledger.doubt(emailId, property)
        return
      case 'deploy':
        await this.#deploy()
        return
      case 'wait':
        await sleep(step.ms)
    }
  }

  #desk(): Desk {
    return {
      inboxId: this.server.inboxId,
      say: (text) => this.trace.push(`  ${text}`),
      breach: (what) => this.breach(what),
    }
  }

  async #withTab(number: number, use: (tab: Tab) => Promise<void>): Promise<void> {
    const usable = this.#tabs.filter((tab) => tab.isUsable)
    const tab = usable[number % Math.max(1, usable.length)]
    if (!tab) return
    this.trace.push(`  in ${tab.name}`)
    await tab.page.bringToFront()
    await use(tab)
  }

  #newTab(page: Page): Tab {
    const tab = new Tab(page, `tab ${String((this.#names += 1))}`)
    this.#tabs.push(tab)
    return tab
  }

  /** Without the app's own files on the device nothing opens while the line is down. */
  async #withFiles(): Promise<void> {
    if (this.#isOffline && !this.schedule.isKept) await this.#comeBack()
  }

  async #comeBack(): Promise<void> {
    if (!this.#isOffline) return
    this.trace.push('  the line is back')
    this.#isOffline = false
    this.line.isDown = false
    await this.#profile.context.setOffline(false)
  }

  async #open(): Promise<void> {
    await this.#withFiles()
    const tab = this.#newTab(await this.#profile.context.newPage())
    this.trace.push(`  opens ${tab.name}`)
    await tab.page.goto(this.#place)
    await tab.settle()
  }

  async #reload(tab: Tab): Promise<void> {
    await this.#withFiles()
    this.#doubtLast(tab)
    await tab.page.reload()
    await tab.settle()
  }

  async #close(tab: Tab): Promise<void> {
    this.#doubtLast(tab)
    this.#tabs = this.#tabs.filter((other) => other !== tab)
    await tab.page.close()
  }

  /** What was pressed and never acknowledged may be there or not; and so may what else the same press was to write. */
  #doubtLast({ last }: Tab): void {
    if (last) this.ledger.doubtAll(last.emailIds.length > 0 ? last.emailIds : this.ledger.emailIds, last.words)
  }

  async #replaceCrashed(): Promise<void> {
    for (const tab of this.#tabs.filter(({ isCrashed }) => isCrashed)) {
      this.trace.push(`  ${tab.name} has crashed`)
      await this.#close(tab)
      await this.#open()
    }
  }

  async #thaw(): Promise<void> {
    for (const tab of this.#tabs.filter(({ isFrozen }) => isFrozen)) {
      await tab.thaw()
      await this.#reloadOutdated(tab)
    }
  }

  async #killBrowser(): Promise<void> {
    await this.#withFiles()
    for (const tab of this.#tabs) this.#doubtLast(tab)
    const count = this.#tabs.length
    this.#tabs = []
    await this.#profile.kill()
    const page = await this.#profile.start()
    if (this.#isOffline) await this.#profile.context.setOffline(true)
    const first = this.#newTab(page)
    await page.goto(this.#place)
    await first.settle()
    while (this.#tabs.length < count) await this.#open()
  }

  /** The server has a later release from now on; one with a new schema is opened by one tab, under the others. */
  async #deploy(): Promise<void> {
    if (!this.server.deploy?.(this.schedule.hasUpgrade)) return
    if (!this.schedule.hasUpgrade) return
    await this.#withTab(0, (tab) => this.#reload(tab))
    for (const tab of this.#tabs) if (tab.isUsable) await this.#reloadOutdated(tab)
  }

  /** A tab that has let go of its database says so, and is loaded again by its reader. */
  async #reloadOutdated(tab: Tab): Promise<void> {
    if (!this.schedule.hasUpgrade) return
    const asked = tab.page.getByRole('heading', { name: 'This page has to be loaded again' })
    const isAsked = await asked.waitFor({ timeout: 1500 }).then(
      () => true,
      () => false,
    )
    if (!isAsked) return
    this.trace.push(`  ${tab.name} asks to be loaded again`)
    await this.#reload(tab)
  }
}

async function untilTrue(look: () => Promise<boolean>, otherwise: string): Promise<void> {
  for (let left = 300; left > 0; left -= 1) {
    if (await look()) return
    await sleep(100)
  }
  throw new Error(otherwise)
}
