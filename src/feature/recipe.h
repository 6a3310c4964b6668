/* recipe.h: the fitted description of the features, as an object. */
#ifndef TSL_FEATURE_RECIPE_H
#define TSL_FEATURE_RECIPE_H

#include <tesela/feature.h>

/* Options over the defaults, checked. */
TSL_FALLIBLE tsl_status tsl__feature_options_open(const tsl_feature_options *given, tsl_feature_options *opt,
                                                  tsl_error *err);
/* What could not be scaled without leaving the range of a double is TSL_E_INPUT. */
/* TSL_E_OPTION where names are announced that are not there. */
TSL_FALLIBLE tsl_status tsl__selection_check(const tsl_selection *selection, tsl_error *err);
TSL_FALLIBLE tsl_status tsl__recipe_check_scales(const tsl_recipe *recipe, tsl_error *err);
/* A copy of all that it holds, owned. */
TSL_FALLIBLE tsl_status tsl__recipe_copy(const tsl_recipe *recipe, tsl_recipe **out, tsl_error *err);
/* 1 where two make the same features, whatever is chosen of them to cluster on. */
int tsl__recipe_same(const tsl_recipe *a, const tsl_recipe *b);
/* The options of the fit, without what is a call's own. */
void tsl__recipe_set_settings(tsl_recipe *recipe, const tsl_feature_options *opt);
/* How a table was read (NULL: there is none), copied into a recipe that says nothing of it yet. */
TSL_FALLIBLE tsl_status tsl__recipe_set_reading(tsl_recipe *recipe, tsl_table_kind kind, const char *reading,
                                                tsl_error *err);
/* Which of the columns called `name` (NULL: they stand by place) is feature f; cols: none. */
size_t tsl__recipe_find_column(const tsl_recipe *recipe, size_t f, const char *const *name, size_t cols);
/* Index of a feature by name, or feature_count. */
size_t tsl__recipe_find(const tsl_recipe *recipe, const char *name);
/* The feature of the catalogue that is the customers' column of this name, or feature_count. */
size_t tsl__recipe_find_told(const tsl_recipe *recipe, const char *column);
/* 1 where feature f is there, and one of the catalogue's: a column of the customers may be called likewise. */
int tsl__recipe_is_entry(const tsl_recipe *recipe, size_t f);
/* The columns that clustering runs on, in their order, without rows or values. */
TSL_FALLIBLE tsl_status tsl__clustering_columns_get(const tsl_recipe *recipe, tsl_feature_matrix **out, tsl_error *err);
/* Takes all classes away. */
void tsl__recipe_drop_classes(tsl_recipe *recipe);
/* One past the last feature of the block that begins at `first`. */
size_t tsl__block_end(const tsl_recipe *recipe, size_t first);
/* 1 where its columns are its own, and not those of the vectors. */
int tsl__basis_is_own(tsl_basis basis);
/* Sets others apart, and fits what goes by that; the columns that are chosen stay so, but for a numeric basis, whose
 * width is as given (tsl_selection.wide). DEFAULT: those set apart stay so. */
TSL_FALLIBLE tsl_status tsl__features_fit_again(tsl_features *features, tsl_apart apart, int wide, tsl_error *err);
/* What a class of those who bought once holds at least: of the buyers, and customers. */
typedef struct tsl__apart_least {
    double share;
    size_t rows;
} tsl__apart_least;
static inline int tsl__apart_is_held(const tsl__apart_least *least, size_t size, size_t of)
{
    return (double)size >= least->share * (double)of && size >= least->rows;
}
/* Likewise those whom another recipe sets apart, by its limits, which stay as they are when this one is fitted again;
 * classes that hold less than the least are joined (tsl__apart_take). least NULL: none are. */
TSL_FALLIBLE tsl_status tsl__features_set_apart(tsl_features *features, const tsl_recipe *like,
                                                const tsl__apart_least *least, int wide, tsl_error *err);
/* Chooses the columns to cluster on that another recipe chooses, by name and kind; those of a numeric basis take its
 * parts. TSL_E_INPUT where one is not there. */
TSL_FALLIBLE tsl_status tsl__features_choose_like(tsl_features *features, const tsl_recipe *like, tsl_error *err);
/* Lets the features go by a recipe that makes the same ones, with its choice of columns to cluster on. */
TSL_FALLIBLE tsl_status tsl__features_set_recipe(tsl_features *features, const tsl_recipe *recipe, tsl_error *err);
/* As tsl_features_get_value; what: the option that names it, for the message. */
TSL_FALLIBLE tsl_status tsl__features_find_amount(const tsl_features *features, const char *what, const char *name,
                                                  size_t *index, tsl_error *err);
/* 1 where what is known of feature f, of all customers, is 0 or 1, and its mean so a rate: of numbers both are there.
 */
int tsl__features_is_rate(const tsl_features *features, size_t f);
void tsl__columns_free(tsl_vector_column *column, size_t count);
/* 1 where clusters are found by it, itself or by the components of its group. */
static inline int tsl__column_finds(const tsl_vector_column *column)
{
    return column->weight > 0 || column->pooled;
}
/* Takes the components of all groups away: nothing is pooled any more. */
void tsl__pools_drop(tsl_recipe *recipe);
/* What one owns. */
void tsl__column_close(tsl_vector_column *column);
/* A copy that owns all it holds, to be closed; 0: out of memory, and it owns nothing. */
int tsl__column_copy(const tsl_vector_column *from, tsl_vector_column *to);

#endif
