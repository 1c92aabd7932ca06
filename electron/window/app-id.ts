/** Under this name the installer writes the program down in the start menu; Windows shows notifications of no program it cannot find there. */
export const appId = 'support.officina.desktop';
