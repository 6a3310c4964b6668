/* summary_basis.c: the summary of what the distance between customers is made of. */
#include "output/summary.h"

#include <string.h>

/* The column of the recipe that clusters are found by under this name, or NULL. */
static const tsl_vector_column *find_column(const tsl_recipe *recipe, const char *name)
{
    for (size_t c = 0; c < recipe->column_count; c++) {
        if (recipe->column[c].weight > 0 && strcmp(recipe->column[c].name, name) == 0) {
            return &recipe->column[c];
        }
    }
    return NULL;
}

void tsl__summary_vector_column(tsl__json *doc, json_t *object, const tsl_recipe *recipe,
                                const tsl_vector_column *column)
{
    char *en = NULL, *zh = NULL;
    if (tsl_vector_column_get_label(recipe, column, "en", &en, NULL) != TSL_OK ||
        tsl_vector_column_get_label(recipe, column, "zh", &zh, NULL) != TSL_OK) {
        doc->failed = 1;
    }
    tsl__json_set(doc, object, "name", tsl__json_text(column->name));
    tsl__json_set_langs(doc, object, "label", en, zh);
    tsl_text_free(en);
    tsl_text_free(zh);
}

/* A principal component, told by its largest loadings, and all of them. */
static void add_component(tsl__json *doc, json_t *object, const tsl_recipe *recipe, const tsl_vector_column *column)
{
    const tsl_pool *pool = &recipe->pool[column->group];
    const size_t i = (size_t)column->component - 1;
    tsl__summary_vector_column(doc, object, recipe, column);
    json_t *component = tsl__json_set_object(doc, object, "component");
    tsl__json_set(doc, component, "variance_share", tsl__json_number(pool->variance[i] / (double)pool->count));
    json_t *loadings = tsl__json_set_array(doc, component, "loadings");
    for (size_t j = 0; j < pool->count; j++) {
        json_t *loading = tsl__json_push_object(doc, loadings);
        tsl__summary_name(doc, loading, recipe->column[pool->column[j]].name);
        tsl__json_set(doc, loading, "loading", tsl__json_number(pool->loading[i * pool->count + j]));
    }
}

void tsl__summary_basis(tsl__json *doc, json_t *clusters, const tsl_results *results)
{
    const tsl_model *model = results->model;
    const tsl_recipe *recipe = results->features ? results->features->recipe : results->recipe;
    if (!recipe || !model->sweep->column_share) {
        return;
    }
    json_t *basis = tsl__json_set_object(doc, clusters, "basis");
    tsl__json_set(doc, basis, "name",
                  recipe->basis == TSL_BASIS_DEFAULT ? json_null() : json_string(tsl_basis_get_name(recipe->basis)));
    json_t *columns = tsl__json_set_array(doc, basis, "columns");
    for (size_t c = 0; c < model->cols; c++) {
        const tsl_vector_column *from = find_column(recipe, model->column[c]);
        json_t *column = tsl__json_push_object(doc, columns);
        if (from && from->component) {
            add_component(doc, column, recipe, from);
        } else {
            tsl__summary_name(doc, column, model->column[c]);
        }
        tsl__json_set(doc, column, "weight", from ? tsl__json_number(from->weight) : json_null());
        tsl__json_set(doc, column, "share", tsl__json_number(model->sweep->column_share[c]));
    }
}
