/*
 * typing.h: a plain customers column, read as texts, finds its type.
 *
 * Two steps, since a column of dates that leaves day and month open may be
 * settled by another one: first every column is profiled, then each is typed.
 * Everything works on the distinct texts.
 */
#ifndef TSL_TABLE_SCHEMA_TYPING_H
#define TSL_TABLE_SCHEMA_TYPING_H

#include <tesela/table.h>

#include "base/dict.h"
#include "base/notes.h"
#include "base/text.h"
#include "table/cell/number_form.h"
#include "table/cell/personal_text.h"
#include "table/date/date_evidence.h"
#include "table/schema/plan.h"

/* One distinct text of a column. */
typedef struct tsl__text_use {
    uint32_t rows;  /* that hold it; 0 where it is missing or not in use */
    uint32_t first; /* the first of them */
} tsl__text_use;

/* File and line of a row, for examples. */
typedef void (*tsl__where)(void *user, uint32_t row, const char **file, uint64_t *line);

/* A column of texts in the order of the result, and what they look like. */
typedef struct tsl__profile {
    const tsl__plan_output *output;
    const tsl__dict *dict;
    int32_t *code; /* owned; rows of them, -1 missing */
    size_t rows;
    tsl__where where; /* the first row of a text stands; asked with user */
    void *user;
    tsl__text_use *use;                            /* owned; one a code */
    size_t texts;                                  /* distinct ones in use */
    uint64_t present;                              /* rows with a value */
    uint64_t numbers, dates, compact_dates, codes; /* rows whose text reads as one */
    uint64_t integers, long_integers, years;       /* years: that a person may be born in */
    uint64_t inexact;                              /* rows of whole numbers too large for doubles, in none of these */
    int by_code;                                   /* 1: a category, since by the name its whole numbers are codes */
    int by_digits;                                 /* 1: a category, since as numbers they would lose digits */
    int rises;        /* 1: whole numbers, each one more than that of the row before, as they were read; set before */
    unsigned boolean; /* pairs of words that all texts belong to, as bits */
    double
        most_misfits;   /* share of those present that may not fit the type that is asked for; beyond it: TSL_E_INPUT */
    tsl__mark declared; /* decimal mark as it is declared, or NONE; set before */
    tsl__mark assumed;  /* as the earlier table has shown it; set before */
    char delimiter;     /* of the files; set before */
    tsl__mark proven;   /* by the numbers */
    tsl__mark_evidence *seen; /* owned; of the numbers; NULL: they show nothing that is to be said */
    tsl__number_form form;    /* how numbers are read */
    size_t number_texts;      /* distinct numbers */
    uint64_t
        unknown; /* rows with the one text that stands among numbers, and is none; 0: there is none, or are several */
    size_t unknown_code;
    tsl__date_evidence evidence; /* its declared order is set before */
    tsl__date_reading reading;   /* of a column of dates: how it is read */
    tsl_date_order before;       /* the order of dates that it had in an earlier table; set before */
    int32_t born_before;         /* the day from which on nobody is born yet, for years of two digits; set before */
    const tsl__zone *zone;       /* the declared one; NULL: none; set before */
    /* 1: which days stand for no date is known from an earlier table; else the column is to show it; set before */
    int knows_unknown_days;
    int knows_ages;        /* 1: whether the column holds ages is known from an earlier table; set before */
    int ages;              /* 1: it does, so that what is no age is missing; set before where it is known */
    unsigned unknown_days; /* such days, as bits (tsl__asked_get_unknown); set before where they are known */
} tsl__profile;

/* What is said above to be set before is. user lives as long as the profile. Takes code over, also on failure. */
TSL_FALLIBLE tsl_status tsl__profile_build(tsl__profile *profile, const tsl__plan_output *output, const tsl__dict *dict,
                                           int32_t *code, size_t rows, tsl__where where, void *user, tsl_error *err);
/* The same of texts that are counted already: use is one a code, whose `first` is what where is asked by; taken over,
 * also on failure. There are no codes then. */
TSL_FALLIBLE tsl_status tsl__profile_study(tsl__profile *profile, const tsl__plan_output *output, const tsl__dict *dict,
                                           tsl__text_use *use, size_t rows, tsl__where where, void *user,
                                           tsl_error *err);
void tsl__profile_free(tsl__profile *profile);
/* The as-of day; where none is given, a day that only years of two digits which nobody means lie behind. */
int32_t tsl__profile_get_born_before(const tsl_table_options *opt);
/* What a column holds that is not declared: a category also where its texts hardly repeat, and *free_text is 1. */
TSL_FALLIBLE tsl_status tsl__profile_find_type(tsl__profile *profile, tsl_column_type *type, int *free_text,
                                               tsl_error *err);
/* convert.c: a text as a time of a column of this type, by its reading; 0 on success. */
int tsl__profile_read_time(const tsl__profile *profile, tsl__span text, tsl_column_type type, int64_t *seconds);

/* What most of its texts are, whatever the column is called: e-mail addresses, telephone numbers, ... */
tsl__personal tsl__profile_find_personal(const tsl__profile *profile);

/* Different ones at least, to be a column of numbers beside something else: two beside "?" are answers. */
#define TSL__LEAST_NUMBERS 3

/* number_texts.c: a text by its code. */
tsl__span tsl__profile_get_text(const tsl__profile *profile, size_t code);
/* Where the first cell with a text stands. */
tsl__found_at tsl__profile_get_place(const tsl__profile *profile, size_t code);
/* 1: so many of the whole that the rest are slips. */
int tsl__profile_is_most(uint64_t part, uint64_t whole);
/* 1: a suffix that measures, or names what is counted: so that numbers with it and without may be the same. Neither a
 * sign, which may say more than the number (5+), nor letters of a code. */
int tsl__profile_is_unit(tsl__span suffix);
/* The first look at the texts: what they show as numbers, and how they are read as such. */
TSL_FALLIBLE tsl_status tsl__profile_look(tsl__profile *profile, tsl_error *err);
/* A text as a number of the column; 0 on success. figure: what it was read as. */
int tsl__profile_read_number(const tsl__profile *profile, tsl__span text, tsl__figure *figure, double *value);
/* The decimal mark is decided for a column of numbers; what may surprise is noted. common: of the other columns, or
 * NONE. TSL_E_INPUT where it cannot be told. */
TSL_FALLIBLE tsl_status tsl__profile_settle(tsl__profile *profile, tsl__mark common, tsl_notes *notes, tsl_error *err);
/* number_mix.c: why a column that holds numbers is none of numbers. */
typedef struct tsl__mix {
    tsl__text text; /* owned; data NULL: it holds none, or not mostly */
    size_t code[TSL__FOUND_EXAMPLES];
    size_t codes;
} tsl__mix;
/* Free its text, also on failure. TSL_E_NOMEM. */
TSL_FALLIBLE tsl_status tsl__profile_find_mix(const tsl__profile *profile, tsl__mix *out, tsl_error *err);
/* Notes it; what: became of the column. */
TSL_FALLIBLE tsl_status tsl__profile_note_mix(const tsl__profile *profile, const tsl__mix *mix, const char *what,
                                              tsl_notes *notes, tsl_error *err);
/* 1: numbers, but for one text; *certain: that is known to say that nobody knows. */
int tsl__profile_is_marked(const tsl__profile *profile, int *certain);
/* Rows with that text are missing from now on, which is noted. */
TSL_FALLIBLE tsl_status tsl__profile_take_unknown(tsl__profile *profile, tsl_notes *notes, tsl_error *err);

/* convert.c: the pairs of words for no and yes that a text belongs to, as bits;
 * *value: 0 or 1 where there is one. */
unsigned tsl__boolean_pairs(tsl__span text, double *value);
/* number_texts.c: 1: a whole number of which digits may be lost, as a double or as it was written: 6.22E+18. */
int tsl__profile_is_inexact(const tsl__figure *figure, tsl__span text, double number);
/* convert.c: 1: whoever uses the table said that the column holds dates, or it is the time of events, so that numbers
 * may be some. */
int tsl__profile_has_said_dates(const tsl__profile *profile);
/* convert.c: 0: a number that is no date here, whatever its digits. */
int tsl__profile_may_be_date(const tsl__profile *profile, tsl__span text);
/* convert.c: the values of out->type; texts that do not fit are missing, with a note. */
TSL_FALLIBLE tsl_status tsl__profile_fill(tsl__profile *profile, tsl_column *out, tsl_notes *notes, tsl_error *err);

/* unknown_dates.c: days that stand for no date become missing in a column of dates, with a note: 1900-01-01 and
 * 1970-01-01, where all other dates lie far from them. */
TSL_FALLIBLE tsl_status tsl__profile_drop_unknown(tsl__profile *profile, tsl_column *column, tsl_notes *notes,
                                                  tsl_error *err);

/* Decides how dates are read. common: the order that other columns prove, or TSL_DATES_AUTO. */
tsl__date_doubt tsl__profile_decide_dates(tsl__profile *profile, tsl_date_order common);

/* What the other columns prove. */
typedef struct tsl__common {
    tsl_date_order order; /* of dates; TSL_DATES_AUTO: none, or they do not agree */
    tsl__mark mark;
} tsl__common;
/* Gives the column its type and values, or leaves it out: *out then keeps name
 * NULL, and a note says why. */
TSL_FALLIBLE tsl_status tsl__profile_type(tsl__profile *profile, const tsl__common *common, tsl_column *out,
                                          tsl_table_info *info, tsl_error *err);

#endif
