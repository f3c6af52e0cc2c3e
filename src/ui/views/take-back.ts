/** What Z and the toast do: takes the last step back, or does it again; shows it and says it. */
import { undo as t } from '../../i18n/en/undo.ts'
import type { Services } from '../../state/contexts.ts'
import type { MailPlace } from './mail-place.svelte.ts'

type Needed = Pick<Services, 'announce' | 'markPainted' | 'undo'>

export async function takeBack(
  { announce, markPainted, undo }: Needed,
  place: MailPlace,
  isRedo: boolean,
): Promise<void> {
  const stack = await undo()
  const step = await (isRedo ? stack.redo() : stack.undo())
  if (!step) {
    announce(isRedo ? t.nothingToRedo : t.nothingToUndo)
    return
  }
  await (place.search === undefined ? place.list : place.desk?.results)?.reread()
  void markPainted('postern:action')
  announce((isRedo ? t.redone : t.undone)(step.label))
}
