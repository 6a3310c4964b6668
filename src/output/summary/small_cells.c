/*
 * small_cells.c: a summary in which nobody is told of as one of few.
 *
 * The document has tables: lists whose sizes add up to all customers, and segments by tiers, by stages, by levels of
 * sensitive columns, whose rows and columns add up to the sizes. Each count is a cell, each sum a line of cells. Small
 * cells are hidden; then, until nothing changes, the smallest other cell of each line in which one alone is hidden: it
 * would be what the others leave of the sum.
 */
#include "output/summary/small_cells.h"

#include "base/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NOBODY SIZE_MAX
#define MARK "hidden" /* of an object, until all is done */

typedef struct cell {
    json_t *object;
    const char *key;    /* of the count in the object, which is hidden alone; NULL: all numbers of the object are */
    size_t within;      /* the cell that this one is a part of, and hidden with, or NOBODY */
    double count, rest; /* customers; the others of those that it is a rate of, else 0 */
    int is_hidden;
} cell;

typedef struct cells {
    tsl__json *doc;
    double least;
    cell *of;
    size_t count, room;
    size_t *member; /* of the lines, one behind the other */
    size_t members, member_room;
    size_t *end; /* of each line */
    size_t lines, line_room;
    size_t hidden;
} cells;

/* ---- Cells and lines ------------------------------------------------------------------ */

static size_t add_cell(cells *c, json_t *object, const char *key, double count, size_t within)
{
    void *of = c->of;
    if (!object || tsl__reserve(&of, &c->room, c->count + 1, sizeof *c->of)) {
        c->doc->failed |= object != NULL;
        return NOBODY;
    }
    c->of = of;
    c->of[c->count] = (cell){.object = object, .key = key, .within = within, .count = count};
    return c->count++;
}

static void add_member(cells *c, size_t which)
{
    void *member = c->member;
    if (which == NOBODY || tsl__reserve(&member, &c->member_room, c->members + 1, sizeof *c->member)) {
        c->doc->failed |= which != NOBODY;
        return;
    }
    c->member = member;
    c->member[c->members++] = which;
}

static void end_line(cells *c)
{
    void *end = c->end;
    if (tsl__reserve(&end, &c->line_room, c->lines + 1, sizeof *c->end)) {
        c->doc->failed = 1;
        return;
    }
    c->end = end;
    c->end[c->lines++] = c->members;
}

static int is_few(const cells *c, double count)
{
    return count >= .5 && count < c->least - .5;
}

/* ---- The tables of the document ---------------------------------------------------------- */

/* What stands at a path such as "churn.stages". */
static json_t *find(const json_t *root, const char *path)
{
    const json_t *at = root;
    char key[64];
    while (*path && at) {
        const size_t n = strcspn(path, ".");
        memcpy(key, path, n < sizeof key ? n : sizeof key - 1);
        key[n < sizeof key ? n : sizeof key - 1] = '\0';
        at = json_object_get(at, key);
        path += n + (path[n] == '.');
    }
    return (json_t *)(uintptr_t)at;
}

/* The cells of a list, which are a line; the first of them, in which those behind it follow, or NOBODY. */
static size_t add_list(cells *c, json_t *list, const char *key)
{
    const size_t first = c->count;
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *object = json_array_get(list, i);
        add_member(c, add_cell(c, object, NULL, json_number_value(json_object_get(object, key)), NOBODY));
    }
    end_line(c);
    return c->count > first ? first : NOBODY;
}

/* Lists of which each customer is in one entry. */
static const struct {
    const char *path, *key;
} lists[] = {{"rfm_segments", "size"},      {"lifecycle_phases", "size"}, {"churn.stages", "size"},
             {"strategies.rows", "size"},   {"next.former", "size"},      {"next.churn.calibration", "size"},
             {"descriptors.leaves", "rows"}};

/* Segments by the codes of another list, which stand in an object of each. rows: the cell of the first segment. */
static void add_matrix(cells *c, const char *key, const char *code, size_t rows, size_t cols)
{
    json_t *segments = find(c->doc->root, "segments"), *list = find(c->doc->root, key);
    const size_t count = json_array_size(list), first = c->count;
    for (size_t s = 0; s < json_array_size(segments); s++) {
        json_t *of = json_object_get(json_array_get(segments, s), key);
        for (size_t j = 0; j < count && of; j++) {
            const char *name = json_string_value(json_object_get(json_array_get(list, j), code));
            const json_t *number = name ? json_object_get(of, name) : NULL;
            add_member(c, add_cell(c, number ? of : NULL, name, json_number_value(number), rows + s));
        }
        add_member(c, rows + s);
        end_line(c);
    }
    if (c->count != first + count * json_array_size(segments)) {
        return; /* not all of it is there */
    }
    for (size_t j = 0; j < count; j++) {
        for (size_t s = 0; s < json_array_size(segments); s++) {
            add_member(c, first + s * count + j);
        }
        add_member(c, cols + j);
        end_line(c);
    }
}

/* A part of an audit: groups by levels, with the sizes of both. */
static void add_audited(cells *c, const json_t *part, size_t groups, size_t levels)
{
    const json_t *rows = json_object_get(part, "rows");
    const size_t count = json_array_size(rows), first = c->count;
    size_t width = 0;
    for (size_t g = 0; g < count; g++) {
        const json_t *of = json_object_get(json_array_get(rows, g), "cells");
        width = json_array_size(of);
        for (size_t l = 0; l < width; l++) {
            json_t *object = json_array_get(of, l);
            add_member(c, add_cell(c, object, NULL, json_number_value(json_object_get(object, "count")),
                                   groups == NOBODY ? NOBODY : groups + g));
        }
        add_member(c, groups == NOBODY ? NOBODY : groups + g);
        end_line(c);
    }
    for (size_t l = 0; l < width; l++) {
        for (size_t g = 0; g < count; g++) {
            add_member(c, first + g * width + l);
        }
        add_member(c, levels == NOBODY ? NOBODY : levels + l);
        end_line(c);
    }
}

/* Shares of a segment's customers of whom something holds are counts of them. */
static void add_rates(cells *c, json_t *feature, size_t segments)
{
    const char *form = json_string_value(json_object_get(feature, "form"));
    const json_t *list = json_object_get(feature, "segments");
    const int is_rate = form && (strcmp(form, "value") == 0 || strcmp(form, "boolean") == 0);
    for (size_t s = 0; s < json_array_size(list); s++) {
        json_t *object = json_array_get(list, s);
        const json_t *mean = json_object_get(object, "mean");
        const size_t which = add_cell(c, object, NULL, 0, segments == NOBODY ? NOBODY : segments + s);
        if (which != NOBODY && is_rate && json_is_number(mean) && segments != NOBODY) {
            c->of[which].count = json_number_value(mean) * c->of[segments + s].count;
            c->of[which].rest = c->of[segments + s].count - c->of[which].count;
        }
        add_member(c, which);
    }
    end_line(c);
}

static void add_all(cells *c)
{
    json_t *root = c->doc->root, *entry;
    size_t i;
    const size_t segments = add_list(c, find(root, "segments"), "size");
    const size_t tiers = add_list(c, find(root, "tiers"), "size");
    const size_t stages = add_list(c, find(root, "lifecycle"), "size");
    for (size_t l = 0; l < sizeof lists / sizeof *lists; l++) {
        (void)add_list(c, find(root, lists[l].path), lists[l].key);
    }
    if (segments != NOBODY && tiers != NOBODY) {
        add_matrix(c, "tiers", "tier", segments, tiers);
    }
    if (segments != NOBODY && stages != NOBODY) {
        add_matrix(c, "lifecycle", "stage", segments, stages);
    }
    json_array_foreach(find(root, "audit.columns"), i, entry)
    {
        const size_t levels = add_list(c, json_object_get(entry, "levels"), "size");
        add_audited(c, json_object_get(entry, "segments"), segments, levels);
        add_audited(c, json_object_get(entry, "tiers"), tiers, levels);
    }
    json_array_foreach(find(root, "profile"), i, entry)
    {
        add_rates(c, entry, segments);
    }
}

/* ---- Which are hidden ----------------------------------------------------------------------- */

static void hide_few(cells *c)
{
    for (size_t i = 0; i < c->count; i++) {
        c->of[i].is_hidden = is_few(c, c->of[i].count) || is_few(c, c->of[i].rest);
    }
}

/* Parts of what is hidden are, too; 1: some were not. */
static int hide_parts(cells *c)
{
    int changed = 0;
    for (size_t i = 0; i < c->count; i++) {
        const size_t within = c->of[i].within;
        if (!c->of[i].is_hidden && within != NOBODY && c->of[within].is_hidden) {
            c->of[i].is_hidden = changed = 1;
        }
    }
    return changed;
}

/* Of the shown ones of a line the smallest that holds anybody, else any; NOBODY: none is shown. */
static size_t find_cover(const cells *c, size_t begin, size_t end)
{
    size_t best = NOBODY;
    for (size_t m = begin; m < end; m++) {
        const cell *one = &c->of[c->member[m]], *least = best == NOBODY ? NULL : &c->of[best];
        const int is_better = !least || (one->count > 0 && !(least->count > 0)) ||
                              ((one->count > 0) == (least->count > 0) && one->count < least->count);
        best = !one->is_hidden && is_better ? c->member[m] : best;
    }
    return best;
}

/* Where one cell alone of a line is hidden another is, too; 1: some line had such. */
static int cover_lines(cells *c)
{
    int changed = 0;
    for (size_t l = 0, begin = 0; l < c->lines; begin = c->end[l++]) {
        size_t hidden = 0;
        for (size_t m = begin; m < c->end[l]; m++) {
            hidden += c->of[c->member[m]].is_hidden != 0;
        }
        const size_t cover = hidden == 1 ? find_cover(c, begin, c->end[l]) : NOBODY;
        if (cover != NOBODY) {
            c->of[cover].is_hidden = changed = 1;
        }
    }
    return changed;
}

/* ---- Hiding ------------------------------------------------------------------------------------ */

/* Numbers that name an entry, and say nothing of customers. */
static int names_entry(const char *key)
{
    static const char *const keys[] = {"segment", "colour", "lowest", "k", NULL};
    size_t i = 0;
    while (keys[i] && strcmp(keys[i], key) != 0) {
        i++;
    }
    return keys[i] != NULL;
}

static void drop_numbers(json_t *value)
{
    const char *key;
    json_t *entry;
    size_t i;
    json_object_foreach(value, key, entry)
    {
        if (json_is_number(entry) && !names_entry(key)) {
            json_object_set_new(value, key, json_null());
        } else {
            drop_numbers(entry);
        }
    }
    json_array_foreach(value, i, entry)
    {
        if (json_is_number(entry)) {
            json_array_set_new(value, i, json_null());
        } else {
            drop_numbers(entry);
        }
    }
}

static void hide_object(cells *c, json_t *object)
{
    if (!json_object_get(object, MARK)) {
        drop_numbers(object);
        tsl__json_set(c->doc, object, MARK, json_true());
        c->hidden++;
    }
}

static void hide_cells(cells *c)
{
    for (size_t i = 0; i < c->count; i++) {
        const cell *one = &c->of[i];
        if (one->is_hidden && one->key) {
            tsl__json_set(c->doc, one->object, one->key, json_null());
            c->hidden++;
        } else if (one->is_hidden) {
            hide_object(c, one->object);
        }
    }
}

/* ---- The same entries elsewhere ------------------------------------------------------------------ */

/* 1: the entry of the list that is called so is hidden. */
static int is_hidden(const cells *c, const char *path, const char *key, const json_t *name)
{
    json_t *entry;
    size_t i;
    json_array_foreach(find(c->doc->root, path), i, entry)
    {
        if (json_equal(json_object_get(entry, key), name)) {
            return json_object_get(entry, MARK) != NULL;
        }
    }
    return 0;
}

/* Of rows and columns of files, and of how the run went: they count no customers. */
static int counts_others(const char *key)
{
    static const char *const keys[] = {"rows", "data_quality", "privacy", "seconds", "options", "features",
                                       "rfm",  "memory",       "audit",   "basis",   NULL};
    size_t i = 0;
    while (keys[i] && strcmp(keys[i], key) != 0) {
        i++;
    }
    return keys[i] != NULL;
}

/* Tells of few customers: by one of its counts. */
static int tells_of_few(const cells *c, const json_t *object)
{
    static const char *const keys[] = {"size", "customers", "bought",   "known",    "held", "stayed",
                                       "came", "left",      "new_size", "unvalued", "count"};
    int few = 0;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const json_t *number = json_object_get(object, keys[i]);
        few |= json_is_number(number) && is_few(c, json_number_value(number));
    }
    const json_t *size = json_object_get(object, "size"), *bought = json_object_get(object, "bought");
    return few || (json_is_number(size) && json_is_number(bought) &&
                   is_few(c, json_number_value(size) - json_number_value(bought)));
}

static void hide_elsewhere(cells *c, json_t *value, int is_root)
{
    const char *key;
    json_t *entry;
    size_t i;
    const json_t *segment = json_object_get(value, "segment"), *tier = json_object_get(value, "tier");
    if (json_is_object(value) && !is_root && !json_object_get(value, MARK) &&
        (tells_of_few(c, value) || (json_is_number(segment) && is_hidden(c, "segments", "segment", segment)) ||
         (json_is_string(tier) && is_hidden(c, "tiers", "tier", tier)))) {
        hide_object(c, value);
    }
    json_object_foreach(value, key, entry)
    {
        if (!is_root || !counts_others(key)) {
            hide_elsewhere(c, entry, 0);
        }
    }
    json_array_foreach(value, i, entry)
    {
        hide_elsewhere(c, entry, 0);
    }
}

/* 1: the cell that the sentence of an audit tells is hidden. */
static int tells_hidden(const json_t *part)
{
    const json_t *at = json_object_get(part, "farthest");
    const json_t *row =
        json_array_get(json_object_get(part, "rows"), (size_t)json_integer_value(json_array_get(at, 0)));
    const json_t *one =
        json_array_get(json_object_get(row, "cells"), (size_t)json_integer_value(json_array_get(at, 1)));
    return json_is_array(at) && json_object_get(one, MARK) != NULL;
}

static void hide_audits(cells *c)
{
    char text[TSL_LANGS][96];
    json_t *column;
    size_t i;
    tsl__print(text[0], sizeof text[0], "not told, as it would be of fewer than %.0f customers", c->least);
    tsl__print(text[1], sizeof text[1], "不予说明：涉及的客户不足 %.0f 位", c->least);
    json_array_foreach(find(c->doc->root, "audit.columns"), i, column)
    {
        if (tells_hidden(json_object_get(column, "segments")) || tells_hidden(json_object_get(column, "tiers"))) {
            tsl__json_set_langs(c->doc, column, "sentence", text[0], text[1]);
        }
    }
}

/* What a trait says of a segment is the profile's. */
static void hide_traits(cells *c)
{
    json_t *segment, *trait, *feature;
    size_t s, t, f;
    json_array_foreach(find(c->doc->root, "segments"), s, segment)
    {
        json_array_foreach(json_object_get(segment, "traits"), t, trait)
        {
            json_array_foreach(find(c->doc->root, "profile"), f, feature)
            {
                const json_t *own = json_array_get(json_object_get(feature, "segments"), s);
                if (json_object_get(own, MARK) &&
                    json_equal(json_object_get(feature, "name"), json_object_get(trait, "name"))) {
                    hide_object(c, trait);
                }
            }
        }
    }
}

/* ---- Sentences ---------------------------------------------------------------------------------------- */

/* 1: what follows a number says that it counts customers. */
static int counts_customers(const char *after)
{
    static const char *const words[] = {" of ",   " customer", " buyer", " who ", " 位客户", "位客户", " 名客户",
                                        "名客户", " 个客户",   "个客户", " 人",   "人",      NULL};
    size_t i = 0;
    while (words[i] && strncmp(after, words[i], strlen(words[i])) != 0) {
        i++;
    }
    return words[i] != NULL;
}

/* "3 of 4" becomes "under 10 of under 10". */
static void hide_in_text(cells *c, json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    tsl__text out = {0};
    int changed = 0, goes_on = 0;
    for (const char *at = text ? text : ""; *at;) {
        char *end = NULL;
        const int starts = *at >= '0' && *at <= '9' && (at == text || !strchr("0123456789.,-", at[-1]));
        const double number = starts ? (double)strtoul(at, &end, 10) : 0;
        const int counts = starts && *end != '.' && (counts_customers(end) || goes_on);
        if (counts && is_few(c, number)) {
            tsl__text_printf(&out, "<%.0f", c->least);
            changed = 1;
        } else {
            tsl__text_append(&out, at, starts ? (size_t)(end - at) : 1);
        }
        at = starts ? end : at + 1;
        goes_on = starts ? counts && strncmp(at, " of ", 4) == 0 : goes_on && strchr(" of", at[-1]);
    }
    if (changed) {
        tsl__json_set(c->doc, object, key, out.failed ? NULL : json_string(out.data));
        c->hidden++;
    }
    tsl__text_free(&out);
}

static void hide_in_notes(cells *c)
{
    json_t *note;
    size_t i;
    json_array_foreach(find(c->doc->root, "notes"), i, note)
    {
        hide_in_text(c, note, "text");
    }
}

/* What is said of a few customers who lie far from all others is said of each. */
static void drop_findings(cells *c)
{
    json_t *findings = find(c->doc->root, "findings");
    for (size_t i = json_array_size(findings); i > 0; i--) {
        const json_t *rows = json_object_get(json_array_get(findings, i - 1), "rows");
        if (json_is_number(rows) && is_few(c, json_number_value(rows))) {
            json_array_remove(findings, i - 1);
            c->hidden++;
        }
    }
}

/* What the objects that are hidden were marked by goes: their counts are null. */
static void drop_marks(json_t *value)
{
    const char *key;
    json_t *entry;
    size_t i;
    json_object_del(value, MARK);
    json_object_foreach(value, key, entry)
    {
        drop_marks(entry);
    }
    json_array_foreach(value, i, entry)
    {
        drop_marks(entry);
    }
}

void tsl__small_cells_hide(tsl__json *doc, int least)
{
    cells c = {.doc = doc, .least = least};
    if (least <= 1) {
        return;
    }
    add_all(&c);
    if (!doc->failed) {
        hide_few(&c);
        while (hide_parts(&c) | cover_lines(&c)) {
        }
        drop_findings(&c);
        hide_cells(&c);
        hide_traits(&c);
        hide_audits(&c);
        hide_elsewhere(&c, doc->root, 1);
        hide_in_notes(&c);
        drop_marks(doc->root);
        tsl__json_set(doc, find(doc->root, "privacy"), "hidden", json_integer((json_int_t)c.hidden));
    }
    free(c.of);
    free(c.member);
    free(c.end);
}
