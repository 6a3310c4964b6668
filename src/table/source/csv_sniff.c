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
#define SHOWN_BYTES 61

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
    int names; /* 1: it is a header by its own looks; */
    int known; /* 1: one of its texts is a name that settles it as one */
} sampled;

typedef struct sample {
    sampled record[MOST_LEAD + SNIFF_RECORDS];
    size_t count;
} sample;

static sampled describe(const tsl__scanner *r)
{
    sampled out = {.count = r->total_count};
    for (size_t i = 0; i < r->field_count; i++) {
        r->field[i] = tsl__cell_trim(r->field[i]);
        if (r->field[i].n > 0) {
            out.filled++;
            out.wide = i + 1;
        } else if (i == 0) {
            out.starts_empty = 1;
        }
    }
    out.comment = *r->next == '#' || strncmp(r->next, "//", 2) == 0;
    return out;
}

/* Describes the next record that is no empty line; *is: 0 where none is whole among the bytes held. */
static tsl_status describe_next(tsl__scanner *scanner, sampled *one, int *is, tsl_error *err)
{
    const char *stop, *after;
    do {
        const tsl__csv_found f = tsl__scanner_scan(scanner, &stop, &after);
        if (f == TSL__CSV_NO_MEMORY) {
            return tsl__error_nomem(err);
        }
        *is = f == TSL__CSV_RECORD;
        if (*is) {
            *one = describe(scanner);
            scanner->next = after;
        }
    } while (*is && one->filled == 0 && one->count < 2);
    return TSL_OK;
}

/* Those that are whole among the bytes held, by this delimiter. */
static tsl_status take_sample(tsl__csv *csv, tsl__scanner *scanner, char delimiter, sample *out, tsl_error *err)
{
    int is = 1;
    tsl_status status = TSL_OK;
    if (csv->form.quote) {
        tsl__csv_set_delimiter(&csv->form, delimiter);
    }
    tsl__csv_begin(csv, scanner);
    for (out->count = 0; out->count < MOST_LEAD + SNIFF_RECORDS; out->count++) {
        TSL__TRY(describe_next(scanner, &out->record[out->count], &is, err));
        if (!is) {
            break;
        }
    }
done:
    return status;
}

/* ---- What stands above the table ------------------------------------------------ */

/* Above a header a title holds nothing or one text alone, which is none where it may be the only name of a second
 * column. Where a name in the header is known, it may hold two, as in "From:,2024-01-01", or half as many as that. */
static int is_title(const sampled *r, const sampled *header)
{
    const size_t half = header->filled / 2, most = half > 2 ? half : 2;
    if (!header->known) {
        return r->wide < header->wide && (r->filled == 0 || (r->filled == 1 && (!r->starts_empty || r->count > 2)));
    }
    return r->filled < 2 || (r->filled <= most && r->filled < header->filled && !r->known);
}

/* Do the first `lead` records stand above a table that begins with the next, `first`? Comments and titles do, the
 * latter above a header alone. The table's first two records have as many fields, but for an empty last one of the
 * second; pads: or the second lacks empty ones. */
static int is_lead(const sample *s, size_t lead, int pads, const sampled *first)
{
    const sampled *second = &s->record[lead + 1];
    int holds = first->filled > 1 && (pads ? second->count <= first->count
                                           : second->count == first->count || second->count == first->count + 1);
    holds = holds && !(first->comment && first->wide < second->wide);
    for (size_t i = 0; i < lead && holds; i++) {
        const sampled *r = &s->record[i];
        holds = r->comment ? r->wide < first->wide : (first->known || first->names) && is_title(r, first);
    }
    return holds;
}

/* Looks for names in what may be a header, and above it where several texts stand. */
static tsl_status look_for_names(tsl__csv *csv, tsl__scanner *scanner, const tsl__csv_options *opt, sample *s,
                                 size_t lead, tsl_error *err)
{
    tsl__csv_options open = *opt;
    sampled again;
    int is = 1;
    tsl_status status = TSL_OK;
    open.header = -1;
    tsl__csv_begin(csv, scanner);
    for (size_t i = 0; i <= lead && is; i++) {
        sampled *one = &s->record[i];
        TSL__TRY(describe_next(scanner, &again, &is, err));
        const tsl__record r = {.field = scanner->field,
                               .count = scanner->field_count - (one->count > 1 && one->wide < one->count)};
        if (i == lead || one->filled > 1) {
            one->known = opt->is_header && tsl__csv_count_values(&r) == 0 && opt->is_header(r.field, r.count);
        }
        TSL__TRY(i == lead && one->count == scanner->field_count ? tsl__csv_is_header(&open, &r, &one->names, err)
                                                                 : TSL_OK);
    }
done:
    return status;
}

/* Records above the table. Names are looked for only where the rest fits, as most files have no such records. */
static tsl_status count_lead(tsl__csv *csv, tsl__scanner *scanner, const tsl__csv_options *opt, sample *s,
                             size_t *count, tsl_error *err)
{
    tsl_status status = TSL_OK;
    *count = 0;
    for (size_t lead = 1; lead <= MOST_LEAD && lead + 1 < s->count && *count == 0; lead++) {
        sampled *first = &s->record[lead], any = *first;
        any.known = 1;
        if (is_lead(s, lead, csv->form.pads, &any)) {
            TSL__TRY(look_for_names(csv, scanner, opt, s, lead, err));
            *count = is_lead(s, lead, csv->form.pads, first) ? lead : 0;
        }
    }
done:
    return status;
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

static tsl_status note_lead(tsl__csv *csv, uint64_t lead, const char *first, tsl_error *err)
{
    return tsl__found_add(
        &csv->notes,
        &(tsl__found){.kind = TSL_FINDING_LINES_ABOVE, .count = lead, .example = {{.file = csv->form.file, .line = 1}}},
        "%s: %llu line%s above the table %s passed over: \"%s\"%s", csv->form.file, (unsigned long long)lead,
        lead == 1 ? "" : "s", lead == 1 ? "is" : "are", first, lead == 1 ? "" : ", ...");
}

/* Passes over the lead. A title is none where the rows are said to have no header. */
static tsl_status drop_lead(tsl__csv *csv, tsl__scanner *scanner, const tsl__csv_options *opt, sample *s,
                            tsl_error *err)
{
    size_t lead;
    char first[SHOWN_BYTES];
    tsl__record r;
    tsl_status status = TSL_OK;
    TSL__TRY(count_lead(csv, scanner, opt, s, &lead, err));
    if (lead == 0 || (has_title(s, lead) && opt->header == 0)) {
        return TSL_OK;
    }
    tsl__csv_begin(csv, scanner);
    for (size_t i = 0; i < lead; i++) {
        TSL__TRY(tsl__scanner_read(scanner, &r, err));
        if (i == 0) {
            tsl__span_show(r.raw, first, sizeof first);
        }
    }
    TSL__TRY(note_lead(csv, lead, first, err));
    tsl__csv_drop_read(csv, scanner);
    memmove(s->record, s->record + lead, (s->count -= lead) * sizeof *s->record);
done:
    return status;
}

/* Where the line that begins at `at` of the bytes held ends: behind its LF, CRLF or CR; NULL: not among them. */
static const char *pass_line(const tsl__csv *csv, const char *at)
{
    const char *const end = csv->held.bytes + csv->held.count;
    while (at < end && *at != csv->form.record_end && !(*at == '\r' && csv->form.quote)) {
        at++;
    }
    if (at == end || (*at == '\r' && csv->form.quote && at + 1 == end && !csv->at_end)) {
        return NULL;
    }
    return at + 1 + (*at == '\r' && csv->form.quote && at + 1 < end && at[1] == '\n');
}

/* Passes over all lines above the one that is said to be the header. */
static tsl_status drop_to_header(tsl__csv *csv, uint64_t line, tsl_error *err)
{
    const uint64_t from = csv->held.line;
    char first[SHOWN_BYTES] = "";
    tsl_status status = TSL_OK;
    while (csv->held.line < line) {
        const char *at = csv->held.bytes, *next;
        while (csv->held.line < line && (next = pass_line(csv, at))) {
            if (csv->held.line++ == from) {
                const char *end = next - 1 - (next - at > 1 && next[-1] == '\n' && next[-2] == '\r');
                tsl__span_show((tsl__span){at, (size_t)(end - at)}, first, sizeof first);
            }
            at = next;
        }
        tsl__csv_drop(csv, (size_t)(at - csv->held.bytes));
        if (csv->held.line < line && csv->at_end) {
            return tsl__error_set(err, TSL_E_INPUT, "%s: has no line %llu, which is said to be the header",
                                  csv->form.file, (unsigned long long)line);
        }
        TSL__TRY(csv->held.count > TSL__RECORD_BYTES ? tsl__csv_fail_long(&csv->form, csv->held.line, 0, err) : TSL_OK);
        TSL__TRY(csv->at_end ? TSL_OK : tsl__csv_fill(csv, err)); /* as much as shows how the table is written */
    }
    TSL__TRY(line > from ? note_lead(csv, line - from, first, err) : TSL_OK);
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

/* Where the records begin that are to agree. */
typedef enum beginning { BY_FIRST, BELOW_LEAD, BY_HALF } beginning;

static tsl_status find_delimiter(tsl__csv *csv, tsl__scanner *scanner, const tsl__csv_options *opt, beginning by,
                                 sample *s, char *best, double *best_share, tsl_error *err)
{
    static const char delimiters[] = {',', ';', '\t', '|'};
    size_t best_count = 1;
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < sizeof delimiters; i++) {
        TSL__TRY(take_sample(csv, scanner, delimiters[i], s, err));
        size_t from = by == BY_HALF ? s->count / 2 : 0;
        TSL__TRY(by == BELOW_LEAD ? count_lead(csv, scanner, opt, s, &from, err) : TSL_OK);
        const size_t count = s->count ? s->record[from].count : 0;
        const double share = get_share(s, from);
        if (count > 1 && (from > 0 || by == BY_FIRST) &&
            (share > *best_share || (share == *best_share && count > best_count))) {
            *best = delimiters[i];
            best_count = count;
            *best_share = share;
        }
    }
done:
    return status;
}

/* Where the records from the first on do not agree, those below a title or comments may; or those of the second half,
 * as what stands above the table is not known. */
static tsl_status recognise_delimiter(tsl__csv *csv, tsl__scanner *scanner, const tsl__csv_options *opt, sample *s,
                                      char *delimiter, tsl_error *err)
{
    static const double least[] = {[BY_FIRST] = 0.5, [BELOW_LEAD] = 0.9, [BY_HALF] = 0.9};
    char first = ',';
    tsl_status status = TSL_OK;
    *delimiter = 0;
    for (beginning by = BY_FIRST; by <= BY_HALF && !*delimiter; by++) {
        double share = by == BY_FIRST ? 0 : least[by];
        TSL__TRY(find_delimiter(csv, scanner, opt, by, s, by == BY_FIRST ? &first : delimiter, &share, err));
        *delimiter = by == BY_FIRST && share >= least[by] ? first : *delimiter;
    }
    *delimiter = *delimiter ? *delimiter : first;
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
        return opt->header <= 1 ? TSL_OK
                                : tsl__error_set(err, TSL_E_OPTION,
                                                 "%s: has no line of names that line %d could be: its columns have "
                                                 "names of their own",
                                                 csv->form.file, opt->header);
    }
    TSL__TRY(csv->form.quote ? drop_separator(csv, &delimiter, err) : TSL_OK);
    TSL__TRY(opt->header > 1 ? drop_to_header(csv, (uint64_t)opt->header, err) : TSL_OK);
    TSL__TRY(delimiter || !csv->form.quote ? TSL_OK : recognise_delimiter(csv, scanner, opt, &s, &delimiter, err));
    TSL__TRY(take_sample(csv, scanner, delimiter, &s, err));
    TSL__TRY(opt->header > 1 ? TSL_OK : drop_lead(csv, scanner, opt, &s, err));
    csv->trails = csv->form.quote ? find_trails(&s) : TSL__TRAILS_NOT;
done:
    return status;
}
