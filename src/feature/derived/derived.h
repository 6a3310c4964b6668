/* derived.h: features that are made of others, or of the history, once all customers are there: RFM scores, and what
 * the purchase and spend models expect. What all of a kind share is one entry of a table: what it is made of, how it is
 * fitted and applied, and what of it the recipe keeps. A feature itself is an entry of the catalogue, as any other. */
#ifndef TSL_FEATURE_DERIVED_DERIVED_H
#define TSL_FEATURE_DERIVED_DERIVED_H

#include "base/text.h"
#include "feature/derived/derived_columns.h"
#include "store/array_store.h"

typedef struct tsl__derived {
    const char *const *from; /* entries whose columns it is made of, and which come with it; ended by NULL */
    int of_history;          /* 1: it is made of the history */
    int whole;               /* 1: its features come all together */
    unsigned refit;          /* TSL_REFIT_..., by which it is fitted anew */
    size_t bytes;            /* of memory that making it takes, a customer */
    tsl_status (*fill)(const tsl__derived_ground *ground, tsl_error *err);
    /* What was learned, in a file, in a group of its own or in arrays that a file always had. */
    void (*write)(tsl__store *store, const char *group, const tsl_recipe *recipe);
    void (*read)(tsl__store *store, const char *group, tsl_recipe *recipe);
    int (*is_sound)(const tsl_recipe *recipe); /* of a file */
    int (*is_same)(const tsl_recipe *a, const tsl_recipe *b);
    /* In words: what is done, and when it is missing; NULL, or what was learned. */
    const char *does, *missing;
    void (*tell)(const tsl_recipe *recipe, tsl__text *out);
} tsl__derived;

/* NULL of TSL__NOT_DERIVED. */
const tsl__derived *tsl__derived_get(tsl__derived_kind kind);
/* 1 where the entry of this name is of some kind. */
int tsl__derived_has(const char *entry);
/* 1 where the recipe has a feature of the kind. */
int tsl__derived_is_in(const tsl_recipe *recipe, tsl__derived_kind kind);
/* The kinds that the entry is a source of, as bits 1 << kind. */
unsigned tsl__derived_get_uses(const tsl__catalogue_entry *entry);

/* Fits what a fit, or `refit`, asks for, and makes all derived features. */
TSL_FALLIBLE tsl_status tsl__derived_fill(tsl__derived_ground *ground, unsigned refit, tsl_error *err);
/* The most bytes that it takes, a customer. */
size_t tsl__derived_get_bytes(const tsl_recipe *recipe);

/* All kinds of a recipe. */
void tsl__derived_write(tsl__store *store, const char *group, const tsl_recipe *recipe);
void tsl__derived_read(tsl__store *store, const char *group, tsl_recipe *recipe);
/* NULL, or what is wrong with what a file says. */
const char *tsl__derived_find_fault(const tsl_recipe *recipe);
int tsl__derived_are_same(const tsl_recipe *a, const tsl_recipe *b);

#endif
