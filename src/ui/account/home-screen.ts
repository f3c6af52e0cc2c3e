/** What is known of an iPhone's home screen: Safari there has `navigator.standalone`, and no other browser has. */

const SEEN = 'postern:home-screen'

/** True for the app on the home screen, false for Safari, undefined where there is no such thing. */
export function isInstalled(navigator: Navigator): boolean | undefined {
  return (navigator as Navigator & { readonly standalone?: boolean }).standalone
}

/** From Safari 26 on the button Share is behind another. The system's own version in the user agent stands still. */
export function isBehindMore(userAgent: string): boolean {
  return Number(/ Version\/(\d+)/.exec(userAgent)?.[1] ?? 0) >= 26
}

/** Whether the hint is due: once, in Safari, for somebody whose mail is kept here. */
export function isHintDue(navigator: Navigator, storage: Storage): boolean {
  if (isInstalled(navigator) !== false || storage.getItem(SEEN) !== null) return false
  return (storage.getItem('postern:accounts') ?? '[]') !== '[]'
}

export function didSeeHint(storage: Storage): void {
  storage.setItem(SEEN, 'seen')
}
