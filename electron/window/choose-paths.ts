import { dialog } from 'electron';
import { mainWindow } from './main-window.ts';

/** Asks the person for files or folders; none when they close the dialog. */
export async function choosePaths(
  properties: ('openFile' | 'multiSelections' | 'openDirectory')[],
): Promise<readonly string[]> {
  const window = mainWindow();
  const answer = await (window === null
    ? dialog.showOpenDialog({ properties })
    : dialog.showOpenDialog(window, { properties }));
  return answer.canceled ? [] : answer.filePaths;
}
