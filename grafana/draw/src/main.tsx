import '@fontsource/inter/400.css';
import '@fontsource/inter/500.css';
import 'uplot/dist/uPlot.min.css';

import { createTheme, standardEditorsRegistry, standardFieldConfigEditorRegistry } from '@grafana/data';
import { GlobalStyles, ThemeContext } from '@grafana/ui';
import { createRoot } from 'react-dom/client';

import { Board } from './Board';
import { dashboardOf } from './model';

window.waiting = 0;
window.complaints = [];
addEventListener('error', ({ message }) => window.complaints.push(message));
// Grafana's server fills these; nothing here edits anything.
standardEditorsRegistry.setInit(() => []);
standardFieldConfigEditorRegistry.setInit(() => []);

const request = window.drawing;
const root = document.getElementById('root');
if (!root) {
  throw new Error('The page has no element root');
}
const board = (
  <ThemeContext.Provider value={createTheme({ colors: { mode: request.theme } })}>
    <GlobalStyles />
    <Board dashboard={dashboardOf(request.dashboard)} request={request} />
  </ThemeContext.Provider>
);
// What is drawn on a canvas keeps the font that was there at the time.
Promise.all(['400 12px Inter', '500 12px Inter'].map((font) => document.fonts.load(font))).then(
  () => createRoot(root).render(board),
  (error) => window.complaints.push(String(error)),
);
