import assert from 'node:assert/strict';
import { type Role, roleOf } from '../../../../src/altText/roles/role.ts';
import { findImages } from '../../../../src/documents/index.ts';

type Row = readonly [role: Role, text: string];

const documents: Readonly<Record<string, readonly Row[]>> = {
	markdown: [
		['informative', '![A boat](a.png)'],
		['functional', '[![A boat](a.png)](https://b.c)'],
		['functional', 'a [b] [ ![A \\] boat](a.png) ![](d.png) ][e]\n\n[e]: f'],
		['informative', '[![A boat](a.png) Docs](https://b.c)'],
		['informative', '[Docs ![A boat](a.png)](https://b.c)'],
		['informative', '[![A boat](a.png)](a.png)'],
		['informative', '[![A boat](a.png)](https://b.c/large.jpg?raw=1)'],
		['functional', '<a href="b">\n<img src="a.png" alt="">\n</a>'],
		['informative', '`<button>` ![A boat](a.png) </button>'],
		['repeats-text', '[![Docs](a.png) Docs](https://b.c)'],
		['captioned', '![A boat](a.png)\n*The harbour*'],
		['captioned', 'a\n\n![A boat](a.png){#fig:boat}\n\nb'],
		['informative', '![A boat](a.png "The harbour")'],
		['informative', '![](a.png)'],
		['icon', '![Twitter](icons/bird.svg)'],
		['icon', '![Twitter](img/bird-icon.svg)'],
		['icon', '![Twitter](/favicon-16x16.png)'],
		['icon', '![Home](home.ico)'],
		['icon', '![Build](https://img.shields.io/a/b)'],
		['icon', '![Build](https://github.com/a/b/actions/workflows/c/badge.svg?branch=d)'],
		['icon', '<img src="a.png" width="20" height=20px alt="Twitter">'],
		['informative', '<img src="a.png" width="20" height="200" alt="Twitter">'],
		['informative', '<img src="a.png" width="20%" alt="Twitter">'],
		['informative', '<img src="a.png" data-width="20" alt="Twitter">'],
		['informative', '![Tower](iconic-tower.jpg)'],
		['informative', '![Book](lexicon.png)'],
		['informative', '![Badger](badgers/badger.jpg)'],
		['chart', '![Visitors](visitors-chart.png)'],
		['chart', '![Visitors](visitorChart.png)'],
		['chart', '![Visitors](visitors_histogram.png)'],
		['chart', '![Visitors](diagrams/a.png)'],
		['chart', '![Ferry](ferry-flow.png)'],
		['chart', '![Ferry](a.drawio.svg)'],
		['chart', '![Ferry](https://mermaid.ink/img/abc)'],
		['informative', '![Holiday](photograph.jpg)'],
		['informative', '![Dress](chartreuse-dress.jpg)'],
		['informative', '![Text](overflow.png)'],
		['informative', '![Text](a.png?chart)'],
		['informative', '![Text](data:image/png;base64,/graph/chart)'],
	],
	html: [
		['decorative', '<img src="a.png" alt="">'],
		['decorative', '<a href="b"><img src="a.png" alt="A boat" aria-hidden="true"></a>'],
		['functional', '<a href="b"><span><img src="a.png" alt=""></span></a>'],
		['functional', '<button class="a > b"><img src="a.png" alt="x"></button>'],
		['functional', '<input type="image" src="a.png" alt="Go">'],
		['functional', '<map name="a"><area href="b" alt="c"></map>'],
		['decorative', '<a href="b" aria-label="Home"><img src="a.png" alt=""></a>'],
		['informative', '<a href="b"><img src="a.png" alt="A boat"> Home</a>'],
		['informative', '<a href="b">Home</a><img src="a.png" alt="A boat">'],
		['informative', '<a name="b"><img src="a.png" alt="A boat"></a>'],
		['captioned', '<figure><img src="a.png" alt="A boat"><figcaption>The harbour</figcaption></figure>'],
		['informative', '<figure><img src="a.png" alt="A boat"></figure>'],
		['informative', '<figure><figcaption>b</figcaption></figure><img src="a.png" alt="A boat">'],
		['captioned', '<figure><img src="visitors-chart.png" alt="x"><figcaption>The harbour</figcaption></figure>'],
		['captioned', '<figure><figure><img alt="y"></figure><img src="a.png" alt="x"><figcaption>b</figcaption></figure>'],
		['captioned', '<figure><img src="a.png" alt="x"><figure></figure><figcaption>b</figcaption></figure>'],
		['informative', '<figure><img src="a.png" alt="x"></figure><figure><figcaption>b</figcaption></figure>'],
		['repeats-text', '<figure><img src="a.png" alt="The harbour"><figcaption>The harbour</figcaption></figure>'],
	],
	typescriptreact: [
		['functional', '<Link href={url}>{/* home */}<Image src="a.png" alt="x" />{" "}</Link>'],
		['informative', '<Link href={url}><Image src="a.png" alt="x" />{label}</Link>'],
		['informative', '<Link href={url}><Image src="a.png" alt="x" /><Label /></Link>'],
		['functional', '<button onClick={() => { if (a > b) { go(); } }}><img src="a.png" alt="x" /></button>'],
		['functional', '<NavLink to={url}><img src="a.png" alt="x" /></NavLink>'],
		['functional', '<IconButton><img src="a.png" alt="x" /></IconButton>'],
		['functional', '<Button><img src="a.png" alt="x" /></Button>'],
		['icon', '<img src="a.png" alt="x" width={16} height={16} />'],
		['informative', '<img src="a.png" alt="x" width={640} />'],
		['informative', '<img src={chart} alt="x" />'],
	],
	mdx: [
		['functional', '<a href="b">![A boat](a.png)</a>'],
		['captioned', '<Frame caption="The harbour">\n![A boat](a.png)\n</Frame>'],
		['informative', '<Frame caption={caption}>\n![A boat](a.png)\n</Frame>'],
	],
};

describe('roleOf', () => {
	for (const [languageId, rows] of Object.entries(documents)) {
		for (const [role, text] of rows) {
			it(`${role}, ${languageId}: ${text}`, async () => {
				const images = await findImages(text, languageId);
				const image = images.find(({ target }) => target === 'a.png') ?? images[0];
				assert.ok(image, 'the finder found no image');
				assert.equal(roleOf(text, languageId, image), role);
			});
		}
	}
});
