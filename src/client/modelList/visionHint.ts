/** Families of models that see images, by the names they go by (protocols.md 5). */
const seeing =
	/gpt-4o|gpt-4\.1|gpt-[5-9]|o[134](?!-mini-2024|.*preview)|claude|gemini|gemma-?[34]|grok-(?:2-vision|[4-9])|qwen.*vl|qwen3\.[5-9]|llava|minicpm-?v|pixtral|mistral-(?:small|medium|large)-(?:3|2[5-9])|internvl|molmo|phi-?[34].*vision|llama-?(?:3\.2.*vision|4)|glm-4.*v|moondream|smolvlm|kimi-(?:vl|k2\.[5-9])|deepseek-(?:vl|ocr)|step-.*v|-vl\b|vision/i;

/** Whether a model's name lets hope that it sees images. Good for an order, never for a refusal. */
export function maySeeImages(id: string): boolean {
	return seeing.test(id);
}
