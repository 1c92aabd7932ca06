/**
 * Whose word a rule is: the vendor's, with the section of the terms that says it, or ours. `near`: the section ours was drawn from, null
 * where the terms say nothing of the kind. What is ours is never told as the vendor's.
 */
export type Origin = { readonly kind: 'vendor'; readonly section: number } | { readonly kind: 'house'; readonly near: number | null };
