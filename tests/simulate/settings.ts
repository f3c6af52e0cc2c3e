/**
 * What users choose for their account, by the code of the page that does it, and that none of it is lost: each choice is in
 * the server's file, in what the device keeps, or in its outbox, unless a later one of the same setting is (ADR 0023).
 */
import type { MailAccount } from '../../demo/server/jmap-server.ts'
import {
  mergeSettings,
  NO_SETTINGS,
  readSettingsFile,
  type SettingEntries,
  type SettingEntry,
} from '../../src/mail/account-settings.ts'
import type { Mutation, OutboxRow } from '../../src/mutations/mutation.ts'
import { effectiveSettings } from '../../src/mutations/set-settings.ts'
import { chooseSettings } from '../../src/state/account-settings.svelte.ts'
import type { OpenAccount } from '../../src/state/open-account.ts'
import type { VirtualClock } from '../support/virtual-clock.ts'
import type { Device } from './device.ts'
import type { Seat } from './user.ts'

interface Deps {
  readonly account: MailAccount
  readonly clock: VirtualClock
}

/** Acknowledged. */
interface Chosen {
  readonly device: string
  readonly name: string
  readonly entry: SettingEntry
}

const NAMES = ['labels/work', 'labels/$label1', 'readDelay', 'cutTracking', 'afterFiling'] as const
const COLOURS = ['red', 'green', 'blue'] as const

export class SettingActs {
  readonly #deps: Deps
  #chosen: Chosen[] = []
  #count = 0

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Some choice, over what the device shows. */
  async choose({ device, tab, dice }: Seat, poke: () => void): Promise<string> {
    const name = dice.pick(NAMES) ?? 'readDelay'
    this.#count += 1
    const isLabel = name.startsWith('labels/')
    const label = { name: `Label ${this.#count}`, colour: dice.pick(COLOURS) ?? 'red' }
    const value = dice.chance(0.1) ? undefined : isLabel ? label : this.#count
    const appendMutation = async (mutation: Mutation): Promise<OutboxRow> => {
      const row = await tab.page.appendMutation(mutation)
      if (mutation.type === 'setSettings')
        for (const [key, entry] of Object.entries(mutation.entries))
          this.#chosen.push({ device: device.name, name: key, entry })
      return row
    }
    const replica = {
      settings: () => device.stored.settings(),
      outbox: () => device.stored.outbox(),
      appendMutation,
    }
    const page = { replica, port: { pokeOutbox: poke } } as unknown as Pick<OpenAccount, 'replica' | 'port'>
    chooseSettings(page, { [name]: value }, this.#deps.clock.now()).catch(() => undefined)
    await this.#deps.clock.settle()
    return `${tab.name} ${name}=${JSON.stringify(value)}`
  }

  /** The user takes a row back, and with it what it had replaced; nobody knows whether the server has had it. */
  discard(device: Device, { mutation }: OutboxRow): void {
    if (mutation.type !== 'setSettings') return
    this.#chosen = this.#chosen.filter(
      (each) => each.device !== device.name || !Object.hasOwn(mutation.entries, each.name),
    )
  }

  /** What a device does not show although its user has chosen it, and nobody anything later. */
  async shownBreach(device: Device): Promise<string | undefined> {
    const mine = this.#chosen.filter((each) => each.device === device.name)
    if (mine.length === 0) return undefined
    const shown = effectiveSettings(await device.stored.settings(), await device.stored.outbox())
    return lost(mine, shown, 'shows')
  }

  /** After the quiet: what is nowhere, and where a device says another thing than the file. */
  async breach(device: Device): Promise<string | undefined> {
    const kept = (await device.stored.settings()) ?? NO_SETTINGS
    if (kept.place !== 'server') return this.shownBreach(device)
    const file = this.#file()
    if (typeof file === 'string') return `the file is ${file}`
    const mine = this.#chosen.filter((each) => each.device === device.name)
    const [here, there] = [kept.server, file].map((entries) => JSON.stringify(mergeSettings(entries)))
    return lost(mine, file, 'has in the file') ?? (here === there ? undefined : `${here} is kept here, not ${there}`)
  }

  get hasChosen(): boolean {
    return this.#count > 0
  }

  #file(): SettingEntries | 'newer' | 'unreadable' {
    const { fileNodes, uploads } = this.#deps.account.side
    const node = [...fileNodes.values()].find(({ name }) => name === 'settings.json')
    if (!node) return {}
    return readSettingsFile(new TextDecoder().decode(uploads.get(node.blobId ?? '')?.bytes))
  }
}

function lost(chosen: readonly Chosen[], found: SettingEntries, verb: string): string | undefined {
  const wrong = chosen.find(({ name, entry }) => {
    const now = found[name]
    return mergeSettings(now ? { [name]: now } : {}, { [name]: entry })[name] !== now
  })
  if (!wrong) return undefined
  const { name, entry } = wrong
  return `${wrong.device} ${verb} ${name}=${JSON.stringify(found[name])}, not ${JSON.stringify(entry)}`
}
