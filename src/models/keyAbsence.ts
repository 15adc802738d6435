/** Why a request went without a key: the user set none, the endpoint takes none, or it would travel unencrypted. */
export type KeyAbsence = 'no-key-set' | 'no-key-wanted' | 'no-key-unencrypted';
