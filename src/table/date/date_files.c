/* date_files.c: keeps what each file shows of the order of its dates, and refuses what one may not lend another. */
#include "table/date/date_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "table/date/date_column.h"

#define WAYS_BYTES 160

tsl_status tsl__date_files_add(tsl__date_files *files, size_t file, tsl__dialect dialect, const tsl__date_evidence *e,
                               const char *column, tsl_error *err)
{
    const tsl_date_order proven = tsl__date_evidence_get_proven(e);
    const int pair = tsl__date_evidence_is_open(e) && proven == TSL_DATES_AUTO ? tsl__date_pair_find(e) : -1;
    void *grown = files->file;
    if (proven == TSL_DATES_AUTO && pair < 0) {
        return TSL_OK;
    }
    if (!files->count || files->file[files->count - 1].file != file) {
        const int failed = tsl__reserve(&grown, &files->capacity, files->count + 1, sizeof *files->file);
        files->file = grown;
        if (failed) {
            return tsl__error_nomem(err);
        }
        files->file[files->count++] = (tsl__date_file){.file = file, .dialect = dialect};
    }
    tsl__date_file *f = &files->file[files->count - 1];
    if (proven != TSL_DATES_AUTO && f->proven == TSL_DATES_AUTO) {
        f->proven = proven;
        f->proof = e->excludes[proven == TSL_DATES_DMY ? TSL_DATES_MDY : TSL_DATES_DMY];
    }
    if (pair >= 0 && !f->open.text[0]) {
        f->open = e->differs[pair];
        f->column = column;
    }
    return TSL_OK;
}

void tsl__date_files_free(tsl__date_files *files)
{
    free(files->file);
    *files = (tsl__date_files){.count = 0};
}

/* What divides the parts of a date. */
static char get_sign(const tsl__date_example *example)
{
    return example->text[strcspn(example->text, "-/.")];
}

/* In what two files are written otherwise: ", " between; "" in nothing that is known. */
static const char *list_ways(const tsl__date_file *one, const tsl__date_file *other, char out[WAYS_BYTES])
{
    const tsl__mark a = one->dialect.mark, b = other->dialect.mark;
    const struct {
        int differs;
        const char *what;
    } ways[] = {{one->dialect.delimiter != other->dialect.delimiter, "what divides its fields"},
                {a != b && a != TSL__MARK_NONE && b != TSL__MARK_NONE, "its decimal mark"},
                {get_sign(&one->open) != get_sign(&other->proof), "the sign in its dates"}};
    size_t length = 0;
    *out = 0;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        if (ways[i].differs) {
            length += (size_t)snprintf(out + length, WAYS_BYTES - length, "%s%s", length ? " and " : "", ways[i].what);
        }
    }
    return out;
}

/* The first file that proves the order for one that does not, being written alike; *other: the first that proves it at
 * all. NULL: none. */
static const tsl__date_file *find_proof(const tsl__date_files *files, const tsl__date_file *f,
                                        const tsl__date_file **other)
{
    char ways[WAYS_BYTES];
    *other = NULL;
    for (size_t k = 0; k < files->count; k++) {
        const tsl__date_file *by = &files->file[k];
        if (by->proven != TSL_DATES_AUTO && !*list_ways(f, by, ways)) {
            return by;
        }
        *other = !*other && by->proven != TSL_DATES_AUTO ? by : *other;
    }
    return NULL;
}

static tsl_status refuse(const tsl__date_file *f, const tsl__date_file *other, tsl_error *err)
{
    char ways[WAYS_BYTES];
    return tsl__error_set(
        err, TSL_E_INPUT,
        "column \"%s\": %s:%llu: \"%s\" may be read in two ways, and no row of its file settles it; "
        "%s:%llu: \"%s\" does so for its own file, from which this one differs in %s; say by --dates ymd, mdy "
        "or dmy (dates: in the configuration) how all are read, or write its dates with the year first",
        f->column, f->open.file, (unsigned long long)f->open.line, f->open.text, other->proof.file,
        (unsigned long long)other->proof.line, other->proof.text, list_ways(f, other, ways));
}

/* files: how many are read as others prove; f: the first of them. */
static tsl_status note(const tsl__date_file *f, const tsl__date_file *by, size_t files, tsl_notes *notes,
                       tsl_error *err)
{
    const tsl__found found = {.kind = TSL_FINDING_LENT_DATE_ORDER,
                              .count = files,
                              .column = f->column,
                              .example = {{.file = f->open.file, .line = f->open.line, .text = f->open.text}}};
    char more[80] = "";
    if (files > 1) {
        snprintf(more, sizeof more, ", as in %zu other file%s", files - 1, files == 2 ? "" : "s");
    }
    return tsl__found_add(notes, &found,
                          "column \"%s\": %s:%llu: \"%s\" may be read in two ways, and no row of its file settles "
                          "it%s; it is read as %s:%llu: \"%s\" shows, the files being written alike; --dates says it",
                          f->column, f->open.file, (unsigned long long)f->open.line, f->open.text, more, by->proof.file,
                          (unsigned long long)by->proof.line, by->proof.text);
}

tsl_status tsl__date_files_check(tsl__date_files *files, tsl_notes *notes, tsl_error *err)
{
    const tsl__date_file *first = NULL, *first_by = NULL;
    size_t lent = 0;
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < files->count; i++) {
        const tsl__date_file *f = &files->file[i], *other = NULL;
        const tsl__date_file *by = f->proven == TSL_DATES_AUTO ? find_proof(files, f, &other) : NULL;
        TSL__TRY(other && !by ? refuse(f, other, err) : TSL_OK);
        if (by && lent++ == 0) {
            first = f;
            first_by = by;
        }
    }
    if (first && !files->is_noted) {
        files->is_noted = 1;
        TSL__TRY(note(first, first_by, lent, notes, err));
    }
done:
    return status;
}
