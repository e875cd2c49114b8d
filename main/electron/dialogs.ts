/** Owns the system's dialogs. Knows nothing of what is done with the answers: the host grants them. */
import { type BrowserWindow, dialog, type OpenDialogOptions } from 'electron';
import type { Language, Localised } from '../../preload/text.ts';
import type { Dialogs } from '../host.ts';

const TEXT = {
  folder: { en: 'Choose a folder of photos', 'zh-CN': '选择照片文件夹' },
  files: { en: 'Choose photos', 'zh-CN': '选择照片' },
  output: { en: 'Choose where results go', 'zh-CN': '选择结果保存位置' },
  photos: { en: 'Photos', 'zh-CN': '照片' },
  all: { en: 'All files', 'zh-CN': '所有文件' },
  busy: { en: 'A batch is still running.', 'zh-CN': '批处理仍在运行。' },
  busyMore: {
    en: 'If you quit now, finished photos stay and the rest is cancelled.',
    'zh-CN': '现在退出将保留已完成的照片,其余将被取消。',
  },
  keep: { en: 'Keep working', 'zh-CN': '继续处理' },
  quit: { en: 'Cancel and quit', 'zh-CN': '取消并退出' },
} as const satisfies Record<string, Localised>;

/** What a file dialog shows first; contents decide later, so "All files" stands beside it. */
const PHOTO_EXTENSIONS = ['jpg', 'jpeg', 'png', 'webp', 'avif', 'tif', 'tiff', 'gif'];

export function createDialogs(window: () => BrowserWindow | null, language: () => Language): Dialogs {
  const ask = async (options: OpenDialogOptions): Promise<string[] | null> => {
    const owner = window();
    const answer = await (owner === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(owner, options));
    return answer.canceled || answer.filePaths.length === 0 ? null : answer.filePaths;
  };
  const say = (text: Localised) => text[language()];
  return {
    source(kind) {
      if (kind === 'folder') return ask({ title: say(TEXT.folder), properties: ['openDirectory'] });
      return ask({
        title: say(TEXT.files),
        properties: ['openFile', 'multiSelections'],
        filters: [
          { name: say(TEXT.photos), extensions: PHOTO_EXTENSIONS },
          { name: say(TEXT.all), extensions: ['*'] },
        ],
      });
    },
    async output() {
      const paths = await ask({ title: say(TEXT.output), properties: ['openDirectory', 'createDirectory'] });
      return paths?.[0] ?? null;
    },
  };
}

/** Asked when the window is closed over a running batch. */
export async function askToQuit(window: BrowserWindow, language: Language): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: TEXT.busy[language],
    detail: TEXT.busyMore[language],
    buttons: [TEXT.keep[language], TEXT.quit[language]],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 1;
}
