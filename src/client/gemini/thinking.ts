import { geminiModel } from './families.ts';
import type { ThinkingControl, ThinkingLevel } from './families.ts';
import type { JsonObject } from '../json.ts';
import type { Thinking } from '../request.ts';

type Level = NonNullable<Thinking['level']>;

/** What each level is in tokens, as Google's own compatible endpoint counts them; `none` and the most differ by model. */
const budgets: Readonly<Record<Level, number>> = {
	none: 0,
	minimal: 512,
	low: 1024,
	medium: 8192,
	high: 24_576,
	xhigh: Infinity,
	max: Infinity,
};

const order: readonly Level[] = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'];

/**
 * `thinkingConfig` for a model, or undefined where it takes none. It gets a level or a budget, whichever its family
 * knows, whichever was set, and never both: each is a 400 to the wrong family, and so are both (protocols.md 1.2).
 */
export function thinkingConfig(model: string, thinking: Thinking): JsonObject | undefined {
	const config = amountOf(geminiModel(model).thinking, thinking);
	if (config === undefined) {
		return undefined;
	}
	// Thoughts of a model that is told not to think are a 400 as well.
	const include = thinking.include !== undefined && config['thinkingBudget'] !== 0;
	const whole = { ...config, ...(include ? { includeThoughts: thinking.include } : {}) };
	return Object.keys(whole).length === 0 ? undefined : whole;
}

/** The nearest level that the model has, or undefined where it has none or none was set. */
export function thinkingLevel(model: string, thinking: Thinking): ThinkingLevel | undefined {
	const control = geminiModel(model).thinking;
	return control.by === 'level' ? nearestLevel(control.levels, thinking) : undefined;
}

function amountOf(control: ThinkingControl, thinking: Thinking): JsonObject | undefined {
	switch (control.by) {
		case 'nothing':
			return undefined;
		case 'budget': {
			const thinkingBudget = budgetWithin(control, thinking);
			return thinkingBudget === undefined ? {} : { thinkingBudget };
		}
		case 'level': {
			const level = nearestLevel(control.levels, thinking);
			return level === undefined ? {} : { thinkingLevel: level };
		}
	}
}

function budgetWithin(
	{ least, most, off }: Extract<ThinkingControl, { by: 'budget' }>,
	{ level, budget = level === undefined ? undefined : budgets[level] }: Thinking,
): number | undefined {
	if (budget === undefined || budget < 0) {
		return budget;
	}
	return budget === 0 && off ? 0 : Math.min(Math.max(budget, least), most);
}

/** A level wins over a budget; a budget counts as the least level that allows it. */
function nearestLevel(levels: readonly ThinkingLevel[], { level, budget }: Thinking): ThinkingLevel | undefined {
	if (level === undefined && (budget === undefined || budget < 0)) {
		return undefined;
	}
	const wanted = order.indexOf(level ?? order.find((name) => budgets[name] >= (budget ?? 0)) ?? 'max');
	return levels.find((name) => order.indexOf(name) >= wanted) ?? levels.at(-1);
}
