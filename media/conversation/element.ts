type Child = Node | string | undefined | false;

/** Builds an element; attributes that are undefined are left out. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
	tag: Tag,
	attributes: Readonly<Record<string, string | undefined>> = {},
	...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
	const node = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) {
		if (value !== undefined) {
			node.setAttribute(name, value);
		}
	}
	node.append(...children.filter((child) => child !== undefined && child !== false));
	return node;
}

/** A button with an icon of the codicon font; its label stands beside it or, for `iconOnly`, is its name. */
export function button(
	label: string,
	options: { readonly icon?: string; readonly iconOnly?: boolean; readonly className?: string },
	act: () => void,
): HTMLButtonElement {
	const node = element(
		'button',
		{
			type: 'button',
			class: options.className,
			title: options.iconOnly ? label : undefined,
			'aria-label': options.iconOnly ? label : undefined,
		},
		options.icon !== undefined && element('span', { class: `codicon codicon-${options.icon}`, 'aria-hidden': 'true' }),
		!options.iconOnly && element('span', { class: 'label' }, label),
	);
	node.addEventListener('click', act);
	return node;
}
