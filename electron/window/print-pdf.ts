import { BrowserWindow, session } from 'electron';

/**
 * Prints a page of ours to PDF in a window nobody sees: without script, without preload, without network, in a session of its own.
 * @param html whole page, every text in it escaped
 */
export async function printPdf(html: string): Promise<Uint8Array> {
  const own = session.fromPartition('receipt', { cache: false });
  own.webRequest.onBeforeRequest((details, decide) =>
    decide({ cancel: !details.url.startsWith('data:text/html') }),
  );
  const window = new BrowserWindow({
    show: false,
    width: 800,
    height: 1_100,
    webPreferences: {
      session: own,
      javascript: false,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
    },
  });
  try {
    await window.loadURL(
      `data:text/html;charset=utf-8;base64,${Buffer.from(html, 'utf8').toString('base64')}`,
    );
    return await window.webContents.printToPDF({
      pageSize: 'A4',
      printBackground: true,
      margins: { top: 0.6, bottom: 0.6, left: 0.6, right: 0.6 },
    });
  } finally {
    window.destroy();
  }
}
