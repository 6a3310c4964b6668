/* binding.c: finds a recipe's columns and values in the tables at hand. What the
 * recipe was fitted on binds to the very places that it came from. */
#include "feature/binding.h"

#include "base/alloc.h"
#include "base/dict.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "feature/aggregate.h"
#include "feature/answers.h"
#include "feature/basis/apart.h"
#include "feature/layout.h"
#include "feature/recipe.h"
#include "feature/wanted.h"
#include "feature/words/sentinel.h"
#include "table/cell/unknown_text.h"
#include "table/names/name_index.h"

#include <stdlib.h>
#include <string.h>

/* What is being bound, and what is said of it. */
typedef struct work {
    tsl__binding *binding;
    const tsl_tables *tables;
    const tsl__census *census;
    const tsl_column **attribute; /* plain ones of the customers, found by name */
    size_t attributes;
    tsl__name_index *index;
    tsl__text absent; /* what the tables lack */
    tsl__text untold; /* features that customers' own columns do not tell in place of transactions, and nothing needs */
    tsl__dict *lacks; /* the same, each once */
    tsl__text strange; /* values that the recipe does not know, by column */
    tsl__text silent;  /* features of the time of day, where none is known */
    tsl__text empty;   /* columns that nobody has a value in any more */
    tsl__text unknown; /* outcomes that are not there: they may not be known yet */
    tsl__text beside;  /* features that a column of the customers tells of who has no record */
    tsl_notes *notes;
    uint64_t unseen;
} work;

static const tsl__catalogue_entry *find_entry(const char *name)
{
    for (size_t i = 0; i < tsl__catalogue_count; i++) {
        if (strcmp(tsl__catalogue[i].name, name) == 0) {
            return &tsl__catalogue[i];
        }
    }
    return NULL;
}

/* The plain columns of the customers, by name. */
static tsl_status list_attributes(work *w, tsl_error *err)
{
    const tsl_table *customers = w->tables->customers;
    const size_t columns = customers ? tsl_table_get_column_count(customers) : 0;
    tsl_status status = TSL_OK;
    const char **name = NULL;
    TSL__NEED(w->attribute = tsl__alloc(columns, sizeof(tsl_column *)));
    TSL__NEED(name = tsl__alloc(columns, sizeof *name));
    for (size_t c = 0; c < columns; c++) {
        const tsl_column *column = tsl_table_get_column(customers, c);
        if (column->role == TSL_ROLE_NONE) {
            w->attribute[w->attributes] = column;
            name[w->attributes++] = column->name;
        }
    }
    TSL__NEED(w->index = tsl__name_index_open(name, w->attributes));
done:
    free(name);
    return status;
}

static const tsl_column *find_attribute(const work *w, const tsl_feature *f)
{
    const tsl_table *customers = w->tables->customers;
    if (!customers || f->role != TSL_ROLE_NONE) {
        return customers ? tsl_table_get_role(customers, f->role) : NULL;
    }
    const size_t at = tsl__name_index_get(w->index, f->column);
    return at < w->attributes ? w->attribute[at] : NULL;
}

/* How the values of a type are kept: by code, as numbers, or as integers. */
static int get_form(tsl_column_type type)
{
    switch (type) {
    case TSL_TYPE_CATEGORY:
    case TSL_TYPE_ORDINAL:
        return 'c';
    case TSL_TYPE_NUMBER:
    case TSL_TYPE_BOOLEAN:
        return 'n';
    default:
        return (int)type;
    }
}

/* The tables lack something. */
static tsl_status add_absent(work *w, const char *what, tsl_error *err)
{
    size_t before = tsl__dict_get_count(w->lacks);
    if (tsl__dict_add(w->lacks, what, strlen(what)) < 0) {
        return tsl__error_nomem(err);
    }
    if (tsl__dict_get_count(w->lacks) > before) {
        tsl__text_printf(&w->absent, "%s%s", before ? ", " : "", what);
    }
    return TSL_OK;
}

/* ---- Values ------------------------------------------------------------------- */

static int find_code(const tsl_column *column, const char *level)
{
    for (size_t i = 0; i < column->dict_count; i++) {
        if (strcmp(column->dict[i], level) == 0) {
            return (int)i;
        }
    }
    return TSL__NO_CODE;
}

/* Says which of a column's values the fit did not see: "city (2 rows, such as
 * "Berlin", counted as other)". */
static void say_strange(work *w, const tsl_column *column, const tsl_table *from, const int32_t *place,
                        const char *fate)
{
    const uint64_t *rows = tsl__census_get(w->census, from, column);
    const char *example = NULL;
    uint64_t count = 0;
    for (size_t i = 0; i < column->dict_count; i++) {
        if (rows[i] && place[i] == 0) {
            example = example ? example : column->dict[i];
            count += rows[i];
        }
    }
    if (count) {
        tsl__text_printf(&w->strange, "%s%s (%llu row%s, such as \"%s\", %s)", w->strange.length ? ", " : "",
                         column->name, (unsigned long long)count, count == 1 ? "" : "s", example, fate);
        w->unseen += count;
    }
}

/* rank[code] = place among the values that the fit saw, from 1; 0: none; -1: it says that nobody knows, and named[code]
 * does, too. named: NULL, or where such values are missing. */
static tsl_status rank_codes(work *w, const tsl_feature *f, const tsl_column *column, const tsl_table *from,
                             const char *fate, uint8_t *named, int32_t **rank, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__dict *known = NULL;
    int32_t *place = NULL;
    TSL__NEED(place = *rank = tsl__alloc(column->dict_count, sizeof *place));
    TSL__NEED(known = tsl__dict_open());
    for (size_t i = 0; i < f->known_count; i++) {
        TSL__TRY(tsl__dict_add(known, f->known[i], strlen(f->known[i])) >= 0 ? TSL_OK : tsl__error_nomem(err));
    }
    for (size_t i = 0; i < column->dict_count; i++) {
        place[i] = tsl__dict_get(known, column->dict[i], strlen(column->dict[i])) + 1;
        if (place[i] == 0 && named && tsl__unknown_is_text(column->dict[i])) {
            place[i] = -1;
            named[i] = TSL__NOBODY_KNOWS;
        }
    }
    say_strange(w, column, from, place, fate);
done:
    tsl__dict_free(known);
    return status;
}

/* The features first .. end - 1 count one value each of the same column. */
static tsl_status bind_values(work *w, size_t first, size_t end, const tsl_column *column, const tsl_table *from,
                              tsl_error *err)
{
    tsl__binding *b = w->binding;
    const tsl_feature *feature = b->recipe->feature;
    uint8_t *named = b->named[first] = tsl__alloc_zero(column->dict_count, 1);
    if (!named) {
        return tsl__error_nomem(err);
    }
    int rest = 0;
    for (size_t f = first; f < end; f++) {
        rest |= feature[f].rest;
        int code = feature[f].rest ? TSL__OTHER : find_code(column, feature[f].level);
        if (code >= 0) {
            named[code] = 1;
        }
        b->origin[f].code = code;
        b->origin[f].named = named;
    }
    return rank_codes(w, &feature[first], column, from, rest ? "counted as other" : "counted as none of the known",
                      b->origin[first].known_alone ? named : NULL, &b->rank[first], err);
}

/* ---- Features ------------------------------------------------------------------ */

static tsl__line *find_line(const tsl__binding *b, const char *name)
{
    for (size_t i = 0; i < b->line_count; i++) {
        if (strcmp(b->line[i].entry.name, name) == 0) {
            return &b->line[i];
        }
    }
    return NULL;
}

static tsl_status open_lines(tsl__binding *b, tsl_error *err)
{
    const tsl_recipe *recipe = b->recipe;
    tsl_status status = TSL_OK;
    TSL__NEED(b->line = tsl__alloc_zero(recipe->line_count, sizeof *b->line));
    for (; b->line_count < recipe->line_count; b->line_count++) {
        TSL__TRY(tsl__line_open(&recipe->line[b->line_count], &b->line[b->line_count], err));
    }
done:
    if (status != TSL_OK && b->line) {
        tsl__line_free(&b->line[b->line_count]);
    }
    return status;
}

/* A line of the user's own. */
static tsl_status bind_line(work *w, size_t f, tsl__line *line, tsl_error *err)
{
    const tsl_table *from = tsl__entry_get_table(&line->entry, w->tables);
    char lacks[256];
    w->binding->of_orders |= tsl__entry_is_of_orders(&line->entry);
    if (tsl__line_find(line, from, lacks, sizeof lacks)) {
        return add_absent(w, lacks, err);
    }
    w->binding->origin[f].entry = &line->entry;
    w->binding->origin[f].line = line;
    return TSL_OK;
}

/* 1 where customers are put to segments by one of the features. */
static int is_needed(const tsl_recipe *recipe, size_t first, size_t end)
{
    for (size_t c = 0; c < recipe->column_count; c++) {
        const tsl_vector_column *column = &recipe->column[c];
        if (column->feature >= first && column->feature < end && tsl__column_finds(column)) {
            return 1;
        }
    }
    return 0;
}

/* What the tables lack. Where the customers' own columns stand for transactions, only what is needed counts. */
static tsl_status lack_entry(work *w, const tsl__catalogue_entry *entry, size_t first, size_t end, tsl_error *err)
{
    const tsl_tables *tables = w->tables;
    const tsl_feature *f = &w->binding->recipe->feature[first];
    char what[64];
    const int stands = entry->level != TSL__INTERACTIONS && !tables->transactions && tables->customers &&
                       tsl__told_is_there(tables->customers);
    if (!stands) {
        tsl__entry_put_absent(entry, tables, what, sizeof what);
        return add_absent(w, what, err);
    }
    if (is_needed(w->binding->recipe, first, end) || tsl__apart_needs(w->binding->recipe, f->name)) {
        return add_absent(w, f->name, err);
    }
    tsl__text_printf(&w->untold, "%s%s", w->untold.length ? ", " : "", entry->name);
    return TSL_OK;
}

/* Scores that the customers table holds, too. */
static void bind_beside(work *w, size_t f, const tsl__catalogue_entry *entry)
{
    const tsl_role role = tsl__record_part_get_role(entry->source);
    const tsl_table *customers = w->tables->customers;
    const int may = customers && entry->level == TSL__INTERACTIONS && role != TSL_ROLE_NONE;
    const tsl_column *column = may ? tsl_table_get_role(customers, role) : NULL;
    if (column) {
        w->binding->origin[f].attribute = column;
        tsl__text_printf(&w->beside, "%s%s", w->beside.length ? ", " : "", entry->name);
    }
}

static tsl_status bind_entry(work *w, size_t first, size_t end, tsl_error *err)
{
    const tsl_feature *f = &w->binding->recipe->feature[first];
    tsl__line *line = find_line(w->binding, f->entry);
    const tsl__catalogue_entry *entry = line ? &line->entry : find_entry(f->entry);
    if (!entry || entry->window_days != f->window_days) {
        return tsl__error_set(err, TSL_E_FORMAT,
                              "the recipe's feature %s is made in a way that this version of the "
                              "program does not know",
                              f->name);
    }
    if (line) {
        return bind_line(w, first, line, err);
    }
    w->binding->of_orders |= tsl__entry_is_of_orders(entry);
    if (!tsl__entry_is_present(entry, w->tables)) {
        return lack_entry(w, entry, first, end, err);
    }
    if (tsl__entry_is_silent(entry, w->tables, w->census)) {
        tsl__text_printf(&w->silent, "%s%s", w->silent.length ? ", " : "", f->name);
    }
    for (size_t i = first; i < end; i++) {
        w->binding->origin[i].entry = entry;
        w->binding->origin[i].told = tsl__entry_is_told(entry, w->tables) ? entry->told : TSL__NOT_TOLD;
        w->binding->told |= w->binding->origin[i].told != TSL__NOT_TOLD;
    }
    if (entry->name[strlen(entry->name) - 1] != ':') {
        bind_beside(w, first, entry);
        return TSL_OK;
    }
    const tsl_table *from = tsl__entry_get_table(entry, w->tables);
    return bind_values(w, first, end, tsl_table_get_role(from, tsl__record_part_get_role(entry->source)), from, err);
}

/* What an outcome's cells say, where they are there. */
static tsl_status note_answers(work *w, size_t first, size_t end, tsl_error *err)
{
    const tsl__feature_origin *origin = &w->binding->origin[first];
    return w->binding->recipe->feature[first].outcome && origin->attribute
               ? tsl__answers_note(origin->attribute, tsl_table_get_rows(w->tables->customers),
                                   tsl__answers_were_two(w->binding->recipe, first, end), origin->named, w->notes, err)
               : TSL_OK;
}

static tsl_status bind_attribute(work *w, size_t first, size_t end, tsl_error *err)
{
    tsl__binding *b = w->binding;
    const tsl_feature *f = &b->recipe->feature[first];
    const tsl_table *customers = w->tables->customers;
    const tsl_column *column = find_attribute(w, f);
    int dated = f->type == TSL_TYPE_DATE || f->type == TSL_TYPE_BIRTH;
    if (column && get_form(column->type) != get_form(f->type)) {
        return tsl__error_set(err, TSL_E_INPUT,
                              "customers: column \"%s\" holds values of type %s here, and of type %s where the recipe "
                              "was fitted: declare its type",
                              column->name, tsl_column_type_get_name(column->type), tsl_column_type_get_name(f->type));
    }
    if (f->outcome && (!customers || !column)) {
        tsl__text_printf(&w->unknown, "%s%s", w->unknown.length ? ", " : "", f->column);
        return TSL_OK;
    }
    if (!customers) {
        return add_absent(w, "the table customers", err);
    }
    if (!column) {
        return add_absent(w, f->column, err);
    }
    if (dated && w->tables->as_of == TSL_NO_DAY) {
        return add_absent(w, "an as-of day", err);
    }
    int applied = b->recipe->customers > 0; /* in a fit nothing is known yet of what there was */
    if (applied && column->missing == tsl_table_get_rows(customers) && f->bins.missing < 1) {
        tsl__text_printf(&w->empty, "%s%s", w->empty.length ? ", " : "", column->name);
    }
    for (size_t i = first; i < end; i++) {
        b->origin[i].attribute = column;
        b->origin[i].known_alone = tsl__answers_were_two(b->recipe, first, end);
    }
    if (f->form == TSL_FORM_VALUE) {
        return bind_values(w, first, end, column, customers, err);
    }
    if (f->type != TSL_TYPE_ORDINAL) {
        return TSL_OK;
    }
    tsl_status status = rank_codes(w, f, column, customers, "taken as missing", NULL, &b->rank[first], err);
    b->origin[first].rank = b->rank[first];
    w->unseen += column->misfits; /* the table took them as missing already, with a note */
    return status;
}

/* "<what>: <list>", unless the list is empty. */
static tsl_status note_list(const char *what, const tsl__text *list, tsl_notes *notes, tsl_error *err)
{
    tsl_status status = list->failed ? TSL_E_NOMEM : TSL_OK;
    if (status == TSL_OK && list->length) {
        status = tsl__notes_add(notes, "%s: %s", what, list->data);
    }
    return status == TSL_OK ? TSL_OK : tsl__error_nomem(err);
}

static tsl_status say_absent(const work *w, int allowed, tsl_notes *notes, tsl_error *err)
{
    if (w->absent.failed) {
        return tsl__error_nomem(err);
    }
    if (w->absent.length && !allowed) {
        return tsl__error_set(
            err, TSL_E_INPUT,
            "the tables lack what the recipe was fitted with: %s; --allow-missing takes it as missing", w->absent.data);
    }
    return note_list("taken as missing, as the tables lack it", &w->absent, notes, err);
}

/* What is no lack, as it may be so of some of the customers, but may be a wrong table. */
static tsl_status note_odd(const work *w, tsl_notes *notes, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(note_list("missing, as the customers table does not tell them of purchases", &w->untold, notes, err));
    TSL__TRY(note_list("every transaction is at midnight, which counts as night", &w->silent, notes, err));
    TSL__TRY(note_list("no customer has a value in these columns, as some had in the fit", &w->empty, notes, err));
    TSL__TRY(note_list("outcomes that are not known here", &w->unknown, notes, err));
    TSL__TRY(
        note_list("of customers whom no interaction tells it of, the customers table does", &w->beside, notes, err));
    TSL__TRY(note_list("values that the recipe does not know", &w->strange, notes, err));
done:
    return status;
}

tsl_status tsl__binding_note_unused(const tsl__binding *binding, const tsl_table *customers, tsl_notes *notes,
                                    tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__text unused = {0};
    tsl__dict *used = tsl__dict_open();
    TSL__NEED(used);
    for (size_t f = 0; f < binding->recipe->feature_count; f++) {
        const tsl_column *column = binding->origin[f].attribute;
        TSL__NEED(!column || tsl__dict_add(used, column->name, strlen(column->name)) >= 0);
    }
    for (size_t c = 0; customers && c < tsl_table_get_column_count(customers); c++) {
        const tsl_column *column = tsl_table_get_column(customers, c);
        if (column->role == TSL_ROLE_NONE && tsl__dict_get(used, column->name, strlen(column->name)) < 0) {
            tsl__text_printf(&unused, "%s%s", unused.length ? ", " : "", column->name);
        }
    }
    TSL__TRY(note_list("the recipe makes nothing of these columns", &unused, notes, err));
done:
    tsl__text_free(&unused);
    tsl__dict_free(used);
    return status;
}

tsl_status tsl__binding_open(const tsl_recipe *recipe, const tsl_tables *tables, const tsl__census *census,
                             int allow_missing, tsl__binding *binding, uint64_t *unseen, tsl_notes *notes,
                             tsl_error *err)
{
    tsl_status status = TSL_OK;
    work w = {.binding = binding, .tables = tables, .census = census, .notes = notes};
    *binding = (tsl__binding){.recipe = recipe};
    TSL__NEED(w.lacks = tsl__dict_open());
    TSL__TRY(list_attributes(&w, err));
    TSL__NEED(binding->origin = tsl__alloc_zero(recipe->feature_count, sizeof *binding->origin));
    TSL__NEED(binding->named = tsl__alloc_zero(recipe->feature_count, sizeof *binding->named));
    TSL__NEED(binding->rank = tsl__alloc_zero(recipe->feature_count, sizeof *binding->rank));
    TSL__TRY(open_lines(binding, err));
    for (size_t f = 0, end; f < recipe->feature_count; f = end) {
        end = tsl__block_end(recipe, f);
        TSL__TRY(recipe->feature[f].entry[0] ? bind_entry(&w, f, end, err) : bind_attribute(&w, f, end, err));
        TSL__TRY(note_answers(&w, f, end, err));
    }
    TSL__TRY(say_absent(&w, allow_missing, notes, err));
    TSL__TRY(note_odd(&w, notes, err));
    *unseen = w.unseen;
done:
    tsl__dict_free(w.lacks);
    tsl__name_index_free(w.index);
    free(w.attribute);
    tsl__text_free(&w.absent);
    tsl__text_free(&w.silent);
    tsl__text_free(&w.empty);
    tsl__text_free(&w.untold);
    tsl__text_free(&w.strange);
    tsl__text_free(&w.unknown);
    tsl__text_free(&w.beside);
    if (status != TSL_OK) {
        tsl__binding_free(binding);
    }
    return status;
}

void tsl__binding_free(tsl__binding *binding)
{
    for (size_t f = 0; binding->recipe && f < binding->recipe->feature_count; f++) {
        free(binding->named ? binding->named[f] : NULL);
        free(binding->rank ? binding->rank[f] : NULL);
    }
    for (size_t i = 0; i < binding->line_count; i++) {
        tsl__line_free(&binding->line[i]);
    }
    free(binding->line);
    free(binding->origin);
    free(binding->named);
    free(binding->rank);
    *binding = (tsl__binding){0};
}
