/** The hint about the home screen, once after the first sign-in in Safari on an iPhone or iPad. */
import { mount } from 'svelte'
import { didSeeHint, isBehindMore } from '../ui/account/home-screen.ts'
import InstallHint from '../ui/account/InstallHint.svelte'

export function offerHomeScreen(window: Window, storage: Storage): void {
  didSeeHint(storage)
  mount(InstallHint, {
    target: window.document.body,
    props: { isBehindMore: isBehindMore(window.navigator.userAgent), onClose: () => undefined },
  })
}
