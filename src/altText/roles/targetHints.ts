import { endingOf, imageEndings } from '../../attachments/fileEndings.ts';
import { withoutQuery } from '../../documents/targetPath.ts';

const iconPaths: readonly RegExp[] = [
	/(?:^|\/)icons?\//i,
	/(?:^|[/_.-])(?:fav)?icon(?:[-_@]?\d+(?:x\d+)?)?\.\w+$/i,
	/\.ico$/i,
	/^(?:https?:)?\/\/(?:img\.shields\.io|badge\.fury\.io|badgen\.net|badges\.gitter\.im|poser\.pugx\.org)\//i,
	/(?:^|[/_.-])badges?(?:\/|\.\w+$)/i,
];

const chartPaths: readonly RegExp[] = [
	/\.(?:drawio|excalidraw|puml|plantuml|mmd|mermaid|dot)\.\w+$/i,
	/^(?:https?:)?\/\/(?:mermaid\.ink|kroki\.io|quickchart\.io|chart\.googleapis\.com|(?:www\.)?plantuml\.com\/plantuml)\//i,
	/(?:^|\/)(?:charts|diagrams|graphs|plots)\//i,
];

const chartWords: ReadonlySet<string> = new Set([
	...['architecture', 'barchart', 'chart', 'charts', 'diagram', 'diagrams', 'erd', 'flow', 'flowchart', 'gantt'],
	...['graph', 'graphs', 'heatmap', 'histogram', 'linechart', 'mindmap', 'orgchart', 'piechart', 'plot', 'plots'],
	...['scatterplot', 'topology', 'treemap', 'uml'],
]);

export function isIconPath(target: string): boolean {
	const path = pathOf(target);
	return iconPaths.some((pattern) => pattern.test(path));
}

export function isChartPath(target: string): boolean {
	const path = pathOf(target);
	const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
	const words = name.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ').split(/[^\p{L}]+/u);
	return chartPaths.some((pattern) => pattern.test(path)) || words.some((word) => chartWords.has(word.toLowerCase()));
}

export function isImagePath(target: string): boolean {
	return imageEndings.includes(endingOf(pathOf(target)));
}

function isData(target: string): boolean {
	return /^data:/i.test(target);
}

function pathOf(target: string): string {
	return isData(target) ? '' : withoutQuery(target).replaceAll('\\', '/');
}
