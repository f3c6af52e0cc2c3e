/** Which pages of settings there are, in which section of the sidebar, and what stands before their names. */
import BookIcon from 'virtual:icon/book-open'
import ContrastIcon from 'virtual:icon/contrast'
import FolderIcon from 'virtual:icon/folder'
import HardDriveIcon from 'virtual:icon/hard-drive'
import ActivityIcon from 'virtual:icon/activity'
import InfoIcon from 'virtual:icon/info'
import KeyboardIcon from 'virtual:icon/keyboard'
import TagIcon from 'virtual:icon/tag'
import type { Route } from '../../state/route.ts'
import type { AccountInfo } from '../../sync/engine-port.ts'

type PageName = 'reading' | 'mailboxes' | 'labels' | 'storage' | 'appearance' | 'keys' | 'sync' | 'about'

export interface SettingsPage {
  readonly name: PageName
  readonly icon: string
  /** Whose settings they are; undefined where they are the device's. */
  readonly account: AccountInfo | undefined
}

export interface SettingsSection {
  readonly key: string
  /** The address where it is an account's section. */
  readonly account: AccountInfo | undefined
  readonly pages: readonly SettingsPage[]
}

export function settingsSections(accounts: readonly AccountInfo[]): readonly SettingsSection[] {
  return [
    ...accounts.map((account) => ({
      key: account.key,
      account,
      pages: [
        { name: 'reading' as const, icon: BookIcon, account },
        ...(account.isReadOnly ? [] : [{ name: 'mailboxes' as const, icon: FolderIcon, account }]),
        { name: 'labels' as const, icon: TagIcon, account },
        // Of a sign-in that keeps nothing there is nothing to choose.
        ...(account.isKept ? [{ name: 'storage' as const, icon: HardDriveIcon, account }] : []),
      ],
    })),
    {
      key: 'device',
      account: undefined,
      pages: [
        { name: 'appearance', icon: ContrastIcon, account: undefined },
        { name: 'keys', icon: KeyboardIcon, account: undefined },
      ],
    },
    {
      key: 'postern',
      account: undefined,
      pages: [
        { name: 'sync', icon: ActivityIcon, account: undefined },
        { name: 'about', icon: InfoIcon, account: undefined },
      ],
    },
  ]
}

/** Below `/settings/`, as in the URL. The key stands before: its dot, at the end, would be a file to some servers. */
export function routeOf({ name, account }: SettingsPage): Extract<Route, { view: 'settings' }> {
  return { view: 'settings', page: account ? `${encodeURIComponent(account.key)}/${name}` : name }
}

/** The page that a URL names; undefined where there is none such. */
export function findPage(sections: readonly SettingsSection[], path: string): SettingsPage | undefined {
  return sections.flatMap((section) => section.pages).find((page) => routeOf(page).page === path)
}
