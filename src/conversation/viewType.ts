/** How VS Code knows our panels; package.json names it too. */
export const viewType = 'descry.conversation';
