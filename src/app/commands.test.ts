/** The table that ShortcutHelp shows, beside the keys that are bound. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, it } from 'vitest'
import { help } from '../i18n/en/help.ts'
import { listKeys, type ListKeysInput } from '../ui/list/list-keys.ts'
import { markKeys, type MarkKeysInput } from '../ui/list/mark-keys.ts'
import { commands } from '../state/commands.ts'
import { threadKeys, type ThreadKeysInput } from '../ui/thread/thread-keys.ts'
import { mailKeys, type MailKeysInput } from '../ui/views/mail-keys.ts'

const src = join(import.meta.dirname, '..')

/** Every place that binds keys. A new one is named here with what it binds, or the last test fails. */
const bound: Readonly<Record<string, readonly string[]>> = {
  'ui/views/AppShell.svelte': ['F6'],
  'ui/views/MailView.svelte': Object.keys(mailKeys({} as MailKeysInput)),
  'ui/list/MessageList.svelte': Object.keys({
    ...listKeys({} as ListKeysInput),
    ...markKeys({} as MarkKeysInput),
  }),
  'ui/settings/SettingsView.svelte': ['Escape'],
  'ui/views/SearchPane.svelte': ['Escape'],
  'ui/thread/ThreadPane.svelte': Object.keys(threadKeys({ layout: () => 'beside' } as ThreadKeysInput)),
}

const sorted = (keys: Iterable<string>): string[] => [...new Set(keys)].sort()

it('lists exactly the keys that are bound', () => {
  expect(sorted(commands.flatMap(({ key, also = [] }) => (key ? [key, ...also] : also)))).toEqual(
    sorted(Object.values(bound).flat()),
  )
})

it('has no key that two commands could take, but what ends what is open', () => {
  const all = commands.flatMap(({ key, also = [] }) => (key ? [key, ...also] : also)).filter((key) => key !== 'Escape')
  expect(sorted(all)).toHaveLength(all.length)
  // a key alone would be taken before the second one of a sequence could come
  const firsts = all.filter((key) => key.includes(' ')).map((key) => key.split(' ')[0])
  expect(all.filter((key) => firsts.includes(key))).toEqual([])
})

it('has a word for each command', () => {
  for (const { name, group } of commands) {
    expect(help.commands[name], name).toMatch(/\S/)
    expect(help.groups[group], group).toMatch(/\S/)
  }
  expect(commands.map(({ name }) => name).sort()).toEqual(Object.keys(help.commands).sort())
})

it('names each command once', () => {
  expect(new Set(commands.map(({ name }) => name)).size).toBe(commands.length)
})

it('knows every place that binds keys', () => {
  const places = readdirSync(src, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|svelte)$/.test(entry.name) && !entry.name.includes('.test.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => /shortcuts\.add\(/.test(readFileSync(path, 'utf8')))
    .map((path) => relative(src, path))
  expect(places.sort()).toEqual(Object.keys(bound).sort())
})
