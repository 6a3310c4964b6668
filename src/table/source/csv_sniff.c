/*
 * csv_sniff.c: finds out by the first records how a file is laid out: what stands above its table, what divides its
 * fields, whether its rows end with a delimiter.
 */
#include <string.h>

#include "base/error.h"
#include "base/notes.h"
#include "table/source/csv_state.h"
#include "table/text/translator.h"

#define SNIFF_RECORDS 100
#define MOST_LEAD 20 /* records above a table */

void tsl__csv_set_delimiter(tsl__csv_form *form, char delimiter)
{
    memset(form->stop, 0, sizeof form->stop);
    form->stop['\n'] = form->stop['\r'] = form->stop[(unsigned char)delimiter] = 1;
    form->delimiter = delimiter;
    form->record_end = '\n';
    form->quote = '"';
}

void tsl__csv_set_packed(tsl__csv_form *form)
{
    memset(form->stop, 0, sizeof form->stop);
    form->stop[(unsigned char)TSL__PACKED_FIELD] = form->stop[(unsigned char)TSL__PACKED_RECORD] = 1;
    form->delimiter = TSL__PACKED_FIELD;
    form->record_end = TSL__PACKED_RECORD;
    form->quote = 0;
}

void tsl__csv_drop_read(tsl__csv *csv, const tsl__scanner *scanner)
{
    csv->held.line = scanner->line;
    tsl__csv_drop(csv, (size_t)(scanner->next - csv->held.bytes));
}

void tsl__csv_begin(const tsl__csv *csv, tsl__scanner *scanner)
{
    tsl__scanner_take(scanner, &csv->held);
    scanner->is_part = !csv->at_end;
}

/* ---- The first records -------------------------------------------------------- */

typedef struct sampled {
    size_t count;  /* fields, */
    size_t filled; /* of which so many hold something, */
    size_t wide;   /* the last of them the wide'th */
    int comment, starts_empty;
} sampled;

typedef struct sample {
    sampled record[MOST_LEAD + SNIFF_RECORDS];
    size_t count;
} sample;

static sampled describe(const tsl__scanner *r)
{
    sampled out = {.count = r->total_count};
    for (size_t i = 0; i < r->field_count; i++) {
        if (tsl__cell_trim(r->field[i]).n > 0) {
            out.filled++;
            out.wide = i + 1;
        } else if (i == 0) {
            out.starts_empty = 1;
        }
    }
    out.comment = *r->next == '#' || strncmp(r->next, "//", 2) == 0;
    return out;
}

/* Those that are whole among the bytes held, by this delimiter. */
static tsl_status take_sample(tsl__csv *csv, tsl__scanner *scanner, char delimiter, sample *out, tsl_error *err)
{
    const char *stop, *after;
    if (csv->form.quote) {
        tsl__csv_set_delimiter(&csv->form, delimiter);
    }
    tsl__csv_begin(csv, scanner);
    out->count = 0;
    while (out->count < MOST_LEAD + SNIFF_RECORDS) {
        tsl__csv_found f = tsl__scanner_scan(scanner, &stop, &after);
        if (f == TSL__CSV_NO_MEMORY) {
            return tsl__error_nomem(err);
        }
        if (f != TSL__CSV_RECORD) {
            break;
        }
        const sampled one = describe(scanner);
        if (one.filled > 0 || one.count > 1) { /* not an empty line */
            out->record[out->count++] = one;
        }
        scanner->next = after;
    }
    return TSL_OK;
}

/* ---- What stands above the table ------------------------------------------------ */

/* A title is one text alone, but not the only name of a second column. */
static int is_title(const sampled *r)
{
    return r->filled == 1 && (!r->starts_empty || r->count > 2);
}

/* Records above the table: comments, and titles. They are fewer fields wide than the table, whose first two records
 * have as many fields, but for an empty last one of the second; pads: or the second lacks empty ones. */
static size_t count_lead(const sample *s, int pads)
{
    size_t lead = 0;
    while (lead < s->count && lead < MOST_LEAD && (s->record[lead].comment || is_title(&s->record[lead]))) {
        lead++;
    }
    while (lead > 0 && s->record[lead - 1].comment && lead < s->count &&
           s->record[lead - 1].wide >= s->record[lead].wide) {
        lead--; /* "#" is the name of a first column, too */
    }
    if (lead + 1 >= s->count) {
        return 0;
    }
    const sampled *first = &s->record[lead], *second = first + 1;
    int holds = first->filled > 1 && (pads ? second->count <= first->count
                                           : second->count == first->count || second->count == first->count + 1);
    for (size_t i = 0; i < lead; i++) {
        holds = holds && s->record[i].wide < first->wide;
    }
    return holds ? lead : 0;
}

static int has_title(const sample *s, size_t lead)
{
    for (size_t i = 0; i < lead; i++) {
        if (!s->record[i].comment) {
            return 1;
        }
    }
    return 0;
}

/* Reads on over so many records; *first: the first of them, as far as a message shows it. */
static tsl_status skip(tsl__scanner *scanner, size_t records, tsl__span *first, tsl_error *err)
{
    tsl__record r;
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < records; i++) {
        TSL__TRY(tsl__scanner_read(scanner, &r, err));
        *first = i == 0 ? r.raw : *first;
    }
    first->n = first->n < 60 ? first->n : 60;
done:
    return status;
}

/* Passes over the lead, where a title is one by the header that follows it. */
static tsl_status drop_lead(tsl__csv *csv, tsl__scanner *scanner, const tsl__csv_options *opt, sample *s,
                            tsl_error *err)
{
    tsl__csv_options open = *opt;
    size_t lead = count_lead(s, csv->form.pads);
    tsl__record header;
    tsl__span first;
    int is = 1;
    tsl_status status = TSL_OK;
    if (lead == 0 || (has_title(s, lead) && opt->header == 0)) {
        return TSL_OK;
    }
    tsl__csv_begin(csv, scanner);
    TSL__TRY(skip(scanner, lead, &first, err));
    const char *const next = scanner->next;
    const uint64_t line = scanner->line;
    if (has_title(s, lead)) {
        TSL__TRY(tsl__scanner_read(scanner, &header, err));
        open.header = -1;
        header.count -= header.count > 1 && header.field[header.count - 1].n == 0;
        TSL__TRY(header.count <= scanner->field_count ? tsl__csv_is_header(&open, &header, &is, err) : TSL_OK);
    }
    if (is) {
        TSL__TRY(tsl__found_add(
            &csv->notes,
            &(tsl__found){
                .kind = TSL_FINDING_LINES_ABOVE, .count = lead, .example = {{.file = csv->form.file, .line = 1}}},
            "%s: %zu line%s above the table %s passed over: \"%.*s\"%s", csv->form.file, lead, lead == 1 ? "" : "s",
            lead == 1 ? "is" : "are", (int)first.n, first.s, lead == 1 ? "" : ", ..."));
        scanner->next = next;
        scanner->line = line;
        tsl__csv_drop_read(csv, scanner);
        memmove(s->record, s->record + lead, (s->count -= lead) * sizeof *s->record);
    }
done:
    return status;
}

/* "sep=;", which Excel writes in front, and takes for no line of the table. */
static tsl_status drop_separator(tsl__csv *csv, char *delimiter, tsl_error *err)
{
    const char *s = csv->held.bytes, *const start = s;
    const int quoted = *s == '"';
    s += quoted;
    if (csv->held.count < 6 || strncasecmp(s, "sep=", 4) != 0 || !strchr(",;\t|", s[4]) || (quoted && s[5] != '"')) {
        return TSL_OK;
    }
    const char said = s[4];
    s += 5 + quoted;
    if (*s != '\r' && *s != '\n') {
        return TSL_OK;
    }
    s += *s == '\r' && s[1] == '\n';
    *delimiter = *delimiter ? *delimiter : said;
    tsl__csv_drop(csv, (size_t)(s + 1 - start));
    csv->held.line++;
    return tsl__notes_add(&csv->notes, "%s: its first line says what divides the fields, and is no row",
                          csv->form.file);
}

/* ---- All of it ---------------------------------------------------------------------- */

/* The share of the first records of the table that have as many fields as its first one. */
static double get_share(const sample *s, size_t from)
{
    size_t alike = 0, end = s->count < from + SNIFF_RECORDS ? s->count : from + SNIFF_RECORDS;
    for (size_t i = from; i < end; i++) {
        alike += s->record[i].count == s->record[from].count;
    }
    return end > from ? (double)alike / (double)(end - from) : 0;
}

/* by_lead: of what stands below a lead. */
static tsl_status find_delimiter(tsl__csv *csv, tsl__scanner *scanner, int by_lead, sample *s, char *best,
                                 double *best_share, tsl_error *err)
{
    static const char delimiters[] = {',', ';', '\t', '|'};
    size_t best_count = 1;
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < sizeof delimiters; i++) {
        TSL__TRY(take_sample(csv, scanner, delimiters[i], s, err));
        const size_t from = by_lead ? count_lead(s, 0) : 0, count = s->count ? s->record[from].count : 0;
        const double share = get_share(s, from);
        if (count > 1 && (from > 0 || !by_lead) &&
            (share > *best_share || (share == *best_share && count > best_count))) {
            *best = delimiters[i];
            best_count = count;
            *best_share = share;
        }
    }
done:
    return status;
}

/* Where the records from the first on do not agree, those below a title or comments may. */
static tsl_status recognise_delimiter(tsl__csv *csv, tsl__scanner *scanner, sample *s, char *delimiter, tsl_error *err)
{
    char below = 0;
    double share = 0, below_share = 0.9;
    tsl_status status = TSL_OK;
    *delimiter = ',';
    TSL__TRY(find_delimiter(csv, scanner, 0, s, delimiter, &share, err));
    if (share < 0.5) {
        TSL__TRY(find_delimiter(csv, scanner, 1, s, &below, &below_share, err));
        *delimiter = below ? below : *delimiter;
    }
done:
    return status;
}

/* Whether the first record, which may be a header, and all others end with an empty field, or all others alone. */
static tsl__csv_trails find_trails(const sample *s)
{
    const sampled *first = s->record;
    size_t ends = 0;
    for (size_t i = 1; i < s->count; i++) {
        ends += s->record[i].wide < s->record[i].count;
    }
    if (s->count < 2 || ends < s->count - 1 || first->count < 2) {
        return TSL__TRAILS_NOT;
    }
    const size_t count = first->count + (first->wide == first->count);
    for (size_t i = 1; i < s->count; i++) {
        if (s->record[i].count != count) {
            return TSL__TRAILS_NOT;
        }
    }
    return count > first->count ? TSL__TRAILS_ROWS : TSL__TRAILS_ALL;
}

tsl_status tsl__csv_sniff(tsl__csv *csv, tsl__scanner *scanner, const tsl__csv_options *opt, tsl_error *err)
{
    char delimiter = opt->delimiter;
    sample s;
    tsl_status status = TSL_OK;
    if (csv->held.line == 0) { /* the header was made */
        return TSL_OK;
    }
    TSL__TRY(csv->form.quote ? drop_separator(csv, &delimiter, err) : TSL_OK);
    TSL__TRY(delimiter || !csv->form.quote ? TSL_OK : recognise_delimiter(csv, scanner, &s, &delimiter, err));
    TSL__TRY(take_sample(csv, scanner, delimiter, &s, err));
    TSL__TRY(drop_lead(csv, scanner, opt, &s, err));
    csv->trails = csv->form.quote ? find_trails(&s) : TSL__TRAILS_NOT;
done:
    return status;
}
