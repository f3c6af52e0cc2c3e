/** Whose gate this is: the host of the page without the name of the service; by number or on this machine, ours. */
import { t } from '../i18n/text.ts'

export function placeName(hostname: string): string {
  const isNameless = hostname === 'localhost' || hostname.includes(':') || /^[\d.]+$/.test(hostname)
  return isNameless ? t.app.name : hostname.replace(/^(?:web)?mail\./, '')
}
