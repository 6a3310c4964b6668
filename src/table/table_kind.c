/* table_kind.c: which table a file is, by the names of its columns and its first rows. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "table/lookup.h"
#include "table/names/column_hints.h"
#include "table/names/header_words.h"
#include "table/names/roles.h"
#include "table/reading.h"

#define ROWS_LOOKED_AT 200
/* Customers that stand twice: more than one row in so many is no slip. */
#define ONE_IN 10

/* A file as if it were a table of one kind. */
typedef struct look {
    tsl__asked asked;
    tsl__lookup **lookup;
    size_t lookups;
    tsl__csv *csv;
    tsl__block first; /* of its rows */
    tsl__file_columns columns;
    tsl__plan plan;
    tsl_notes notes;
    size_t rows, again; /* rows looked at, and of these the ones whose customer stood there before */
    tsl_error unmapped; /* what is mapped and is not there: it is another table, or a slip; status TSL_OK: nothing */
} look;

static void free_look(look *l)
{
    for (size_t i = 0; i < l->lookups; i++) {
        tsl__lookup_free(l->lookup[i]);
    }
    free(l->lookup);
    tsl__plan_free(&l->plan);
    tsl__file_columns_free(&l->columns);
    tsl__block_free(&l->first);
    tsl__csv_free(l->csv);
    tsl__asked_free(&l->asked);
    tsl__notes_free(&l->notes);
}

static const tsl__plan_output *find_role(const look *l, tsl_role role)
{
    for (size_t i = 0; i < l->plan.outputs; i++) {
        if (l->plan.output[i].role == role) {
            return &l->plan.output[i];
        }
    }
    return NULL;
}

/* 1: the role has a column, or an expression over some, and its name is known. */
static int is_told(const look *l, tsl_role role)
{
    const tsl__plan_output *o = find_role(l, role);
    size_t operands = 1;
    if (o && o->expr) {
        tsl__expr_get_operands(o->expr, &operands);
    }
    return o && operands > 0 && !(l->plan.only & 1u << role);
}

/* The customers of the first rows. */
static tsl_status read_rows(look *l, tsl_error *err)
{
    const tsl__plan_output *id = find_role(l, TSL_ROLE_CUSTOMER);
    const size_t field = id && id->input < l->plan.own_inputs ? l->plan.input[id->input].column : SIZE_MAX;
    tsl_status status = TSL_OK;
    tsl__dict *seen = NULL;
    tsl__scanner *scanner = NULL;
    tsl__record record = {.count = 0};
    TSL__NEED(seen = tsl__dict_open());
    TSL__NEED(scanner = tsl__scanner_open(l->csv));
    tsl__scanner_take(scanner, &l->first);
    while (l->first.count && field != SIZE_MAX && l->rows < ROWS_LOOKED_AT) {
        TSL__TRY(tsl__scanner_read(scanner, &record, err));
        if (record.count == 0) {
            break;
        }
        if (record.valid && field < record.count && record.field[field].n > 0) {
            const size_t known = tsl__dict_get_count(seen);
            const int32_t code = tsl__dict_add(seen, record.field[field].s, record.field[field].n);
            TSL__NEED(code >= 0);
            l->again += (size_t)code < known;
        }
        l->rows++;
    }
done:
    tsl__scanner_free(scanner);
    tsl__dict_free(seen);
    return status;
}

/* What the file's columns would be. A plan that does not hold says what it lacks by the roles that are not in it. */
static tsl_status look_at(const tsl_source *source, tsl_table_kind kind, const tsl_table_options *opt, look *l,
                          tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl_error why;
    TSL__TRY(tsl__asked_open(opt, kind, &l->asked, err));
    l->asked.opt.where = NULL; /* what is wrong with it is told where the table is read */
    l->asked.opt.column_count = 0;
    const tsl_table_options *given = &l->asked.opt;
    const tsl__csv_options csv = {.from = source,
                                  .delimiter = given->delimiter,
                                  .header = given->header,
                                  .is_header = tsl__role_is_header,
                                  .text = tsl__asked_get_text(given)};
    TSL__TRY(tsl__csv_open(&csv, &l->csv, err));
    TSL__NEED(l->lookup = tsl__alloc_zero(given->lookup_count, sizeof(tsl__lookup *)));
    for (; l->lookups < given->lookup_count; l->lookups++) {
        TSL__TRY(tsl__lookup_open(&given->lookups[l->lookups], &l->lookup[l->lookups], err));
    }
    TSL__TRY(tsl__file_columns_add(&l->columns, l->csv, err));
    TSL__TRY(tsl__csv_cut(l->csv, &l->first, err));
    TSL__TRY(tsl__file_columns_look(&l->columns, l->csv, &l->first, err));
    const tsl__own_columns own = {.path = tsl__csv_get_path(l->csv),
                                  .name = (const char *const *)l->columns.name,
                                  .count = l->columns.count,
                                  .files = l->columns.column,
                                  .has_header = l->columns.has_header,
                                  .unnamed = tsl__csv_is_unnamed(l->csv),
                                  .sheets = tsl__csv_get_sheets(l->csv)};
    status = tsl__plan_build(kind, &l->asked, &own, l->lookup, &l->plan, &l->notes, &why);
    if (status == TSL_E_OPTION) {
        tsl__plan_clear(&l->plan);
        l->unmapped = why;
    }
    status = status == TSL_E_OPTION || status == TSL_E_NOT_FOUND ? TSL_OK : status;
    if (status != TSL_OK) {
        return tsl__error_set(err, status, "%s", why.message);
    }
    TSL__TRY(read_rows(l, err));
done:
    return status;
}

/* ---- What the looks say ---------------------------------------------------- */

/* Is one of the texts, divided by "|", in the name? */
static int has_text(const char *folded, const char *texts)
{
    size_t length = 0;
    for (const char *p = tsl__role_names_next(texts, NULL, &length); p; p = tsl__role_names_next(texts, p, &length)) {
        char text[64];
        snprintf(text, sizeof text, "%.*s", (int)length, p);
        if (strstr(folded, text)) {
            return 1;
        }
    }
    return 0;
}

/* 1: a column besides the customer tells who he is: an age, a city, a telephone. */
static int tells_who(const look *l)
{
    const tsl__plan_output *id = find_role(l, TSL_ROLE_CUSTOMER);
    for (size_t i = 0; i < l->plan.own_inputs; i++) {
        const char *name = l->plan.name[i];
        char folded[200];
        tsl__name_fold(name, folded, sizeof folded);
        const int is_id = id && id->input == i;
        if (!is_id && (tsl__name_hints(name, TSL__HINT_BIRTH) || tsl__name_ends(name, TSL__ENDS_PHONE) ||
                       has_text(folded, "email|firstname|lastname|surname|vorname|nachname|prenom|姓名|邮箱") ||
                       tsl__name_group(name, 0, TSL_GROUP_AUTO) == TSL_DEMOGRAPHIC)) {
            return 1;
        }
    }
    return 0;
}

/* 1: a column counts the orders of a customer, or tells of the last one, so that a row is not one of them. */
static int counts_orders(const look *l)
{
    if (find_role(l, TSL_ROLE_ORDERS) || find_role(l, TSL_ROLE_RECENCY) || find_role(l, TSL_ROLE_LAST_ORDER)) {
        return 1; /* an amount may be of one order as well */
    }
    for (size_t i = 0; i < l->plan.own_inputs; i++) {
        char folded[200];
        tsl__name_fold(l->plan.name[i], folded, sizeof folded);
        if (has_text(folded,
                     "totalorders|orderscount|ordercount|numberoforders|numorders|paymentcount|transactioncount|"
                     "purchasecount|numberofpurchases|订单数|购买次数|消费次数|下单次数|交易次数|购次")) {
            return 1;
        }
    }
    return 0;
}

static int is_repeated(const look *l)
{
    return l->again * ONE_IN > l->rows;
}

/* 1: the customer's column holds customers, rather than anything's ids or names. */
static int is_of_customers(const look *l)
{
    const tsl__plan_output *id = find_role(l, TSL_ROLE_CUSTOMER);
    const int bare = l->plan.customer == TSL__SENSE_ANYONE || l->plan.customer == TSL__SENSE_PERSON;
    return id && !l->plan.id_is_index && (id->mapped || !bare || tells_who(l) || counts_orders(l));
}

/* What is known of a file, as bits. */
enum {
    CUSTOMERS = 1,        /* a column is recognised as the customer */
    IDS = 1 << 1,         /* which is that of customers, not anybody's */
    REPEATED = 1 << 2,    /* he stands there several times */
    WHO = 1 << 3,         /* and more is told of him */
    TIMED = 1 << 4,       /* a time */
    PAID = 1 << 5,        /* an amount, or a price that is none of what was but looked at */
    NAMED = 1 << 6,       /* an amount that the user named */
    COUNTED = 1 << 7,     /* an amount, be it a constant */
    ORDERED = 1 << 8,     /* an order */
    DEED = 1 << 9,        /* what was done */
    LENGTH = 1 << 10,     /* how long, or over how many pages */
    SCORE = 1 << 11,      /* what it was like, which may stand with customers, too */
    COUNTS = 1 << 12,     /* how often a customer ordered */
    SEEM_TIMED = 1 << 13, /* what may be a time, though its name is not known */
    SEEM_PAID = 1 << 14,  /* what may be an amount, likewise */
    JOINED = 1 << 15,     /* the time is that of a customer's first day, by its name */
    SPENT = 1 << 16       /* an amount that may be all that a customer spent */
};

#define UNKNOWN TSL_TABLE_KINDS

/* The first line whose bits are there, and none of the others, says the kind; or why it is not known. */
static const struct {
    unsigned all, none;
    int kind;
    tsl_role lacks; /* what may be named to know it */
    const char *why;
} rules[] = {
    {0, CUSTOMERS, UNKNOWN, TSL_ROLE_CUSTOMER, "no column is recognised as the customer"},
    {IDS | COUNTS, REPEATED, TSL_CUSTOMERS, TSL_ROLE_NONE, NULL},
    {IDS | JOINED | SPENT, REPEATED | ORDERED, TSL_CUSTOMERS, TSL_ROLE_NONE, NULL},
    {TIMED | PAID | LENGTH, NAMED, UNKNOWN, TSL_ROLE_NONE,
     "it has amounts, as transactions do, and how long or how many pages, as interactions do"},
    {TIMED | PAID, 0, TSL_TRANSACTIONS, TSL_ROLE_NONE, NULL},
    {TIMED | DEED, 0, TSL_INTERACTIONS, TSL_ROLE_NONE, NULL},
    {TIMED | LENGTH, 0, TSL_INTERACTIONS, TSL_ROLE_NONE, NULL},
    {TIMED | IDS | WHO, REPEATED | ORDERED, TSL_CUSTOMERS, TSL_ROLE_NONE, NULL},
    {TIMED | COUNTED, 0, TSL_TRANSACTIONS, TSL_ROLE_NONE, NULL},
    {TIMED | SCORE, 0, TSL_INTERACTIONS, TSL_ROLE_NONE, NULL},
    {SEEM_TIMED | PAID, WHO, TSL_TRANSACTIONS, TSL_ROLE_NONE, NULL},
    {SEEM_TIMED | PAID | ORDERED, 0, TSL_TRANSACTIONS, TSL_ROLE_NONE, NULL},
    {TIMED | SEEM_PAID, 0, TSL_TRANSACTIONS, TSL_ROLE_NONE, NULL},
    {SEEM_TIMED | SEEM_PAID | REPEATED, 0, TSL_TRANSACTIONS, TSL_ROLE_NONE, NULL},
    {TIMED, 0, UNKNOWN, TSL_ROLE_AMOUNT,
     "it has customers and times, but no column that is recognised as the amount, nor as what was done "
     "(with --amount 1 it is transactions that count as one each)"},
    {ORDERED | PAID, 0, UNKNOWN, TSL_ROLE_TIME, "it has orders and amounts, but no column is recognised as the time"},
    {REPEATED, 0, UNKNOWN, TSL_ROLE_TIME,
     "customers stand there several times, but no column is recognised as the time"},
    {IDS, 0, TSL_CUSTOMERS, TSL_ROLE_NONE, NULL},
    {0, 0, UNKNOWN, TSL_ROLE_CUSTOMER, "it may be ids, or names, of anything"},
};

/* 1: the amount is a price that nothing multiplies. */
static int is_price_alone(const look *l)
{
    const tsl__plan_output *amount = find_role(l, TSL_ROLE_AMOUNT);
    tsl__name_sense sense;
    char folded[200];
    const char *const one[] = {folded};
    if (!amount || amount->mapped || amount->input == TSL__NONE) {
        return 0;
    }
    tsl__name_fold(amount->name, folded, sizeof folded);
    return tsl__role_find(TSL_ROLE_PRICE, TSL_TRANSACTIONS, one, 1, NULL, &sense) == 0;
}

/* 1: by its name the time is that at which a customer came to be one. */
static int is_first_day(const tsl__plan_output *time)
{
    char folded[200];
    tsl__name_fold(time && !time->mapped ? time->name : "", folded, sizeof folded);
    return has_text(folded, "created|creation|joined|signup|signedup|register|registration|since|erstellt|angelegt|"
                            "registrier|seit|inscri|adhesion|depuis|creado|creacion|registro|alta|desde|创建|注册|入会|"
                            "开卡|建档");
}

static unsigned gather(const look looks[TSL_TABLE_KINDS])
{
    const look *t = &looks[TSL_TRANSACTIONS], *c = &looks[TSL_CUSTOMERS], *i = &looks[TSL_INTERACTIONS];
    const tsl__plan_output *amount = find_role(t, TSL_ROLE_AMOUNT);
    const int deed = is_told(i, TSL_ROLE_KIND), length = is_told(i, TSL_ROLE_MINUTES) || is_told(i, TSL_ROLE_PAGES);
    const int paid = is_told(t, TSL_ROLE_AMOUNT) && !((deed || length) && is_price_alone(t));
    const int score = is_told(i, TSL_ROLE_SATISFACTION) || is_told(i, TSL_ROLE_NPS);
    const struct {
        int there;
        unsigned bit;
    } known[] = {{find_role(t, TSL_ROLE_CUSTOMER) || find_role(i, TSL_ROLE_CUSTOMER) || is_of_customers(c), CUSTOMERS},
                 {is_of_customers(c), IDS},
                 {is_repeated(c), REPEATED},
                 {tells_who(c), WHO},
                 {is_told(t, TSL_ROLE_TIME) || is_told(i, TSL_ROLE_TIME), TIMED},
                 {paid, PAID},
                 {paid && amount->mapped, NAMED},
                 {amount && !(t->plan.only & 1u << TSL_ROLE_AMOUNT), COUNTED},
                 {is_told(t, TSL_ROLE_ORDER), ORDERED},
                 {deed, DEED},
                 {length, LENGTH},
                 {score, SCORE},
                 {counts_orders(c), COUNTS},
                 {find_role(t, TSL_ROLE_TIME) != NULL, SEEM_TIMED},
                 {amount != NULL, SEEM_PAID},
                 {is_first_day(find_role(t, TSL_ROLE_TIME)), JOINED},
                 {find_role(c, TSL_ROLE_SPEND) != NULL, SPENT}};
    unsigned bits = 0;
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        bits |= known[k].there ? known[k].bit : 0;
    }
    return bits;
}

/* The kind, or UNKNOWN with what keeps it from being known, and the role that is to be named. */
static int judge(unsigned bits, const char **why, tsl_role *lacks)
{
    size_t line = 0;
    while ((rules[line].all & bits) != rules[line].all || (rules[line].none & bits)) {
        line++;
    }
    *why = rules[line].why;
    *lacks = rules[line].lacks;
    return rules[line].kind;
}

/* "CustomerID (customer), InvoiceDate (time)" */
static tsl_status describe(const look *l, char reason[TSL_REASON_BYTES], tsl_error *err)
{
    static const tsl_role telling[] = {TSL_ROLE_CUSTOMER, TSL_ROLE_TIME,    TSL_ROLE_AMOUNT,
                                       TSL_ROLE_KIND,     TSL_ROLE_MINUTES, TSL_ROLE_PAGES};
    tsl__text text = {0};
    tsl_status status = TSL_OK;
    for (size_t i = 0; i < sizeof telling / sizeof *telling; i++) {
        const tsl__plan_output *o = find_role(l, telling[i]);
        if (o) {
            tsl__text_printf(&text, "%s%s (%s)", text.length ? ", " : "", o->name, tsl_role_get_name(o->role));
        }
    }
    TSL__NEED(!text.failed);
    snprintf(reason, TSL_REASON_BYTES, "%s", text.length ? text.data : "");
    reason[tsl__utf8_check(reason, strlen(reason))] = 0; /* no half letter where it was cut */
done:
    tsl__text_free(&text);
    return status;
}

/* Bytes in memory and files can be looked at and read after that. */
static tsl_status check_source(const tsl_source *source, tsl_error *err)
{
    struct stat there;
    if (!source || (!source->path && !source->bytes)) {
        return tsl__error_set(err, TSL_E_OPTION, "table kind: no file is given");
    }
    if (source->bytes || (strcmp(source->path, "-") != 0 && (stat(source->path, &there) || S_ISREG(there.st_mode)))) {
        return TSL_OK;
    }
    if (strcmp(source->path, "-") != 0 && S_ISDIR(there.st_mode)) {
        return tsl__error_set(err, TSL_E_OPTION,
                              "%s: is a folder; its files are named by a pattern, such as '%s/*.csv'", source->path,
                              source->path);
    }
    return tsl__error_set(err, TSL_E_OPTION,
                          "%s: which table it is cannot be looked up, as it can be read only once; --transactions, "
                          "--customers or --interactions says it",
                          source->path);
}

/* The columns that may be what is lacking, and how it is named. */
static void put_ways(tsl__text *text, const look *l, tsl_role lacks)
{
    char *taken = tsl__plan_list_taken(&l->plan, l->columns.count);
    const tsl__header header = {.kind = TSL_TRANSACTIONS,
                                .name = (const char *const *)l->columns.name,
                                .count = l->columns.count,
                                .files = l->columns.column,
                                .looked = l->columns.count,
                                .taken = taken};
    tsl__text near = {.failed = !taken};
    if (lacks == TSL_ROLE_TIME) {
        tsl__column_hint_parts(text, &header);
    }
    tsl__column_hint_near(&near, &header, lacks);
    if (near.length) {
        tsl__text_printf(text, "%s; name it by --%s COLUMN", near.data, tsl_role_get_option(lacks, TSL_TRANSACTIONS));
    }
    text->failed |= near.failed;
    tsl__text_free(&near);
    free(taken);
}

/* " (of transactions, amount: there is no column "amuont"; did you mean "amount"?)" */
static void put_unmapped(tsl__text *text, const look looks[TSL_TABLE_KINDS])
{
    for (int k = 0; k < TSL_TABLE_KINDS; k++) {
        const char *message = looks[k].unmapped.message; /* below its first line stands where */
        if (looks[k].unmapped.status != TSL_OK) {
            tsl__text_printf(text, " (of %s, %.*s)", tsl_table_kind_get_name((tsl_table_kind)k),
                             (int)strcspn(message, "\n"), message);
        }
    }
}

static tsl_status fail_unknown(const look *l, const char *path, const char *why, tsl_role lacks, tsl_error *err)
{
    tsl__text text = {0}, ways = {0};
    tsl__header header = {.kind = TSL_TRANSACTIONS,
                          .delimiter = l->asked.opt.delimiter,
                          .is_given = tsl__csv_has_header(l->csv),
                          .sheets = tsl__csv_get_sheets(l->csv)};
    header.name = tsl__csv_get_names(l->csv, &header.count);
    tsl__column_hint_list(&text, &header);
    put_unmapped(&ways, l);
    if (lacks != TSL_ROLE_NONE) {
        put_ways(&ways, &l[TSL_TRANSACTIONS], lacks);
    }
    tsl_status status = text.failed || ways.failed
                            ? tsl__error_nomem(err)
                            : tsl__error_set(err, TSL_E_INPUT,
                                             "%s: which table it is is not known: %s%s; --transactions, --customers "
                                             "or --interactions %s says it%s",
                                             path, why, ways.length ? ways.data : "", path, text.data);
    tsl__text_free(&text);
    tsl__text_free(&ways);
    return status;
}

/* A file that is of no kind by what is mapped, and of one by its columns alone: there is a slip in what is mapped,
 * which is told, with its place, where the file is read as that table. TSL_TABLE_KINDS: it is unknown nevertheless. */
static tsl_status find_slip(const tsl_source *source, look looks[TSL_TABLE_KINDS], int *found, tsl_error *err)
{
    const char *why;
    tsl_role lacks;
    int slips = 0;
    tsl_status status = TSL_OK;
    for (int k = 0; k < TSL_TABLE_KINDS; k++) {
        const tsl_error unmapped = looks[k].unmapped;
        if (unmapped.status != TSL_OK) {
            tsl_table_options bare = looks[k].asked.opt;
            bare.role_count = bare.rule_count = bare.lookup_count = 0;
            free_look(&looks[k]);
            looks[k] = (look){0};
            TSL__TRY(look_at(source, (tsl_table_kind)k, &bare, &looks[k], err));
            looks[k].unmapped = unmapped;
            slips++;
        }
    }
    *found = slips ? judge(gather(looks), &why, &lacks) : UNKNOWN;
    if (*found != UNKNOWN && looks[*found].unmapped.status == TSL_OK) {
        *found = UNKNOWN;
    }
done:
    return status;
}

tsl_status tsl_table_kind_read(const tsl_source *source, const tsl_table_options *const *opt, tsl_table_kind *kind,
                               char reason[TSL_REASON_BYTES], tsl_error *err)
{
    look looks[TSL_TABLE_KINDS] = {0};
    const char *why = "";
    tsl_role lacks = TSL_ROLE_NONE;
    tsl_status status = TSL_OK;
    tsl__error_reset(err);
    TSL__TRY(check_source(source, err));
    for (int k = 0; k < TSL_TABLE_KINDS; k++) {
        TSL__TRY(look_at(source, (tsl_table_kind)k, opt ? opt[k] : NULL, &looks[k], err));
    }
    int found = judge(gather(looks), &why, &lacks);
    TSL__TRY(found == UNKNOWN ? find_slip(source, looks, &found, err) : TSL_OK);
    TSL__TRY(found == UNKNOWN ? fail_unknown(looks, tsl__reading_name(source), why, lacks, err) : TSL_OK);
    *kind = (tsl_table_kind)found;
    TSL__TRY(reason ? describe(&looks[found], reason, err) : TSL_OK);
done:
    for (int k = 0; k < TSL_TABLE_KINDS; k++) {
        free_look(&looks[k]);
    }
    return status;
}
