/** Writes what the reader chose, and lets every view of this tab know; other tabs hear of it from the browser. */
import { chooseSettings } from './account-settings.svelte.ts'
import { AFTER_FILING, type AfterFiling } from './after-filing.ts'
import { KEYS_SETTING, type ChosenKeys } from './chosen-keys.ts'
import { labelChoices, LABELS_SETTING } from './labels.ts'
import { MAILBOXES_SETTING } from './mailbox-settings.ts'
import { settingsKey } from './settings.svelte.ts'
import { swipeName, type SwipeChoice, type SwipeSide } from './swipe-choice.ts'
import { isSynced, labelSetting } from './synced-settings.ts'
import type { LabelChoice } from '../mail/labels.ts'
import type { AccountInfo } from '../sync/engine-port.ts'
import type { OpenAccount } from './open-account.ts'
import type { Settings, SettingsStore } from './settings.svelte.ts'
import type { SettingName, SettingOwner, SettingValue } from './settings-table.ts'

type Owner = Pick<AccountInfo, 'key' | 'isKept'>

export interface Choice<Name extends SettingName> {
  readonly name: Name
  readonly value: SettingValue<Name>
  readonly owner: SettingOwner<Name>
  /** False: it holds as long as this page, and nothing of it is stored. */
  readonly isKept: boolean
}

export function saveSetting<Name extends SettingName>(settings: Settings, choice: Choice<Name>): void {
  save(settings, choice, choice.owner[0])
}

/** Which keys stand for which, on this device. */
export function saveKeys(settings: Settings, value: ChosenKeys, isKept: boolean): void {
  save(settings, { name: KEYS_SETTING, value, isKept }, undefined)
}

/** Where the reader goes from a conversation of this account that is put away. */
export function saveAfterFiling(settings: Settings, account: OpenAccount, value: AfterFiling, now: number): void {
  saveNamed(settings, account, { name: AFTER_FILING, value }, now)
}

/** Toward where a row of this account is pulled, and what that does. */
export function saveSwipe(
  settings: Settings,
  account: OpenAccount,
  { side, value }: { readonly side: SwipeSide; readonly value: SwipeChoice },
  now: number,
): void {
  saveNamed(settings, account, { name: swipeName(side), value }, now)
}

/** A choice for an account: it holds at once, and goes to the account's file where it is no matter of this device. */
export function saveForAccount<Name extends SettingName>(
  settings: Settings,
  account: OpenAccount,
  choice: Pick<Choice<Name>, 'name' | 'value'>,
  now: number,
): void {
  saveNamed(settings, account, choice, now)
}

function saveNamed(settings: Settings, account: OpenAccount, choice: Pick<Saved, 'name' | 'value'>, now: number): void {
  const { key, isKept } = account.info
  save(settings, { ...choice, isKept }, key)
  if (isSynced(choice.name)) choose(settings, account, { [choice.name]: choice.value }, now)
}

/** What the reader chose for a label of an account; without a choice it is known by its keyword. */
export function saveLabel(
  settings: Settings,
  account: OpenAccount,
  { key, choice }: { readonly key: string; readonly choice: LabelChoice },
  now: number,
): void {
  const { info } = account
  const labels = Object.fromEntries([...labelChoices(settings, info.key), [key, choice]])
  save(settings, { name: LABELS_SETTING, value: labels, isKept: info.isKept }, info.key)
  choose(settings, account, { [labelSetting(key)]: choice }, now)
}

/** Until it is durable what the account's settings say is older than what holds here. */
function choose(
  settings: Settings,
  account: OpenAccount,
  values: Readonly<Record<string, unknown>>,
  now: number,
): void {
  const store = pageStore(settings)
  store.choosing += 1
  void chooseSettings(account, values, now).finally(() => (store.choosing -= 1))
}

/** What was chosen for the mailboxes of an account, here alone: what goes to its file is the caller's. */
export function saveMailboxes(
  settings: Settings,
  { key, isKept }: Owner,
  value: Readonly<Record<string, unknown>>,
): void {
  save(settings, { name: MAILBOXES_SETTING, value, isKept }, key)
}

/** All that was chosen for an account, as it holds now; nothing while a choice of this page is on its way there. */
export function keepChosen(
  settings: Settings,
  { key, isKept }: Owner,
  chosen: Readonly<Record<string, unknown>>,
): void {
  if (pageStore(settings).choosing === 0) keep(settings, key, chosen, isKept)
}

interface Saved {
  readonly name: string
  readonly value: unknown
  readonly isKept: boolean
}

function save(settings: Settings, choice: Saved, account: string | undefined): void {
  keep(settings, account, { ...settings.chosen(account), [choice.name]: choice.value }, choice.isKept)
}

function keep(
  settings: Settings,
  account: string | undefined,
  chosen: Readonly<Record<string, unknown>>,
  isKept: boolean,
): void {
  const key = settingsKey(account)
  const text = JSON.stringify(chosen)
  const store = pageStore(settings)
  if (isKept) store.setItem(key, text)
  else store.hold(key, text)
  settings.didChange()
}

function pageStore(settings: Settings): PageStore {
  if (settings.store instanceof PageStore) return settings.store
  const store = new PageStore(settings.store)
  settings.store = store
  return store
}

/** Over the browser's own: what must not outlive the page, or could not be written, is answered from memory. */
class PageStore implements SettingsStore {
  /** How many choices are on their way to their accounts' settings. */
  choosing = 0
  readonly #below: SettingsStore | undefined
  readonly #held = new Map<string, string>()

  constructor(below: SettingsStore | undefined) {
    this.#below = below
  }

  getItem(key: string): string | null {
    return this.#held.get(key) ?? this.#below?.getItem(key) ?? null
  }

  hold(key: string, text: string): void {
    this.#held.set(key, text)
  }

  setItem(key: string, text: string): void {
    this.hold(key, text)
    try {
      this.#below?.setItem(key, text)
      if (this.#below) this.#held.delete(key)
    } catch {
      // Full or forbidden: the choice lives as long as the page.
    }
  }
}
