/* naming.h: what names of segments are made of, between the files that find, allot
 * and word it. */
#ifndef TSL_LABEL_NAMING_H
#define TSL_LABEL_NAMING_H

#include "base/text.h"
#include "feature/catalogue.h"
#include "label/internal.h"

#define TSL__NAME_WIDTH 60 /* characters that a name has at most, but one that is given */
#define TSL__GIVEN_WIDTH 255
#define TSL__SAID_MOST 4
#define TSL__LEVELS_SAID 3     /* "City: B/C/D" */
#define TSL__NAMES_CHECKED 400 /* segments: of more, names are not looked for in one another, nor are there ranks */
/* In standard deviations of the population, from its mean. */
#define TSL__TRAIT_LEAST 0.3  /* below it, a trait says nothing */
#define TSL__TRAIT_STRONG 0.5 /* that a second one has where there is no base */
#define TSL__RANK_STEP 0.2    /* to the segments before and behind, for one to have a place */
#define TSL__STATE_APART 0.2  /* share of those who are or have something, beside all others and the nearest ones */

/* How a feature is spoken of in names. */
typedef struct tsl__speech {
    const tsl_feature *feature;
    const tsl__catalogue_entry *words;     /* NULL: a column of the user's */
    const char *value;                     /* in place of the words' "*" */
    const char *topic;                     /* NULL: it is not spoken of */
    char *column;                          /* of a column of the user's: its name for readers; owned */
    size_t column_alike, level_alike;      /* characters that another column, another level of it, begins with, too */
    int yes_no;                            /* it holds 0 and 1 alone */
    int told;                              /* the basis of clustering speaks of its topic */
    int found_by;                          /* clusters are found by it */
    int extreme[2], between[2], ranked[2]; /* [high]: said of the last one on that side; of one before it; places */
} tsl__speech;

/* One trait as a name says it: "many units", by rank "second-highest income"; graded "high income" beside the "highest"
 * of another segment, "above-average income" where no other one is said to be higher. */
typedef struct tsl__said {
    const tsl__speech *speech;
    const tsl__speech *or_else[TSL__LEVELS_SAID - 1]; /* "City: B/C": others of the same column; NULL: none */
    int high, graded;
    int medium;    /* 1: "medium income", of who is next to the highest, or the lowest, and about the mean of all */
    size_t beyond; /* of one that is graded: as many are clearly higher, or lower, at least 1 */
    int rank;      /* from the highest, or the lowest; 0: that is not said */
    int place;     /* likewise of one that is graded, for where others are said by rank; 0: it is not clear */
} tsl__said;

/* What a name is made of. */
typedef struct tsl__naming {
    const char *base[TSL_LANGS]; /* "Champions"; NULL: none */
    int purchases;               /* 0 or 1: of everybody in it; -1: not the same, or not known */
    int once;                    /* 1: half of its customers or more bought on one day at most */
    int returns;                 /* 0: no customer at all bought on two days */
    int anchored;                /* 1: the base is that of a typical place or a class */
    int plain;                   /* 1: that nothing else is to be said stands beside the base */
    tsl__said said[TSL__SAID_MOST];
    size_t count;
    int untold;              /* 1: it is no average, but no word for it is left: it has its number alone */
    unsigned number, digits; /* that is put behind, and in so many digits; 0: none */
} tsl__naming;

/* One that could be said of a segment. */
typedef struct tsl__sayable {
    size_t segment, feature;
    int high, graded;
    int shared; /* 1: its nearest neighbour is so too */
    int spare;  /* 1: and as much, or it is not the last one: said where nothing else is left */
    int led;    /* 1: of the second column that leads, and to be said beside the first */
    double effect, strength;
} tsl__sayable;

/* The least and the greatest of the segments, in one feature. */
typedef struct tsl__extremes {
    double mean[2];
    size_t segment[2]; /* whose they are */
} tsl__extremes;

/* The clusters, without those who are set apart, in one feature. */
typedef struct tsl__peers {
    double mean;
    double shift; /* the effect of that mean, on the transformed scale */
    double ratio; /* standard deviation of everybody to theirs */
} tsl__peers;

/* What counts of a feature, on the transformed scale: values beyond lie on its ends. */
typedef struct tsl__reach {
    double low, high;
} tsl__reach;

/* All segments' names under construction. */
typedef struct tsl__naming_plan {
    const tsl__labeling *job;
    const tsl_labels *labels;
    size_t k, features;
    tsl__naming *naming;     /* k */
    int *quiet;              /* k: 1, 0; -1: not known */
    tsl__speech *speech;     /* features */
    tsl__reach *reach;       /* features */
    tsl_trait *within;       /* k x features: the segments' traits, whose effects are of what is within reach */
    const tsl_trait **trait; /* k x features, of these; NULL: none */
    unsigned char *silent;   /* k; 1: it has its name already, and is called nothing */
    size_t *neighbour;       /* k: the nearest cluster; k: none */
    size_t lead[2];          /* features that all are graded by first; features: there is none */
    int narrow;              /* 1: clusters are found by no more than two features */
    tsl__extremes *bounds;   /* features */
    tsl__peers *peers;       /* features */
    tsl__sayable *item;      /* by falling strength; room for k x features */
    size_t count;
    unsigned char *used; /* features x 4: 1: that has been said */
    tsl__said *said;     /* all of them, in order: features x 4, and k x (1 + TSL__SAID_MOST) */
    size_t said_count;
} tsl__naming_plan;

/* traits.c: how much each feature sets each segment apart, into the segments. */
TSL_FALLIBLE tsl_status tsl__traits_fill(const tsl__labeling *job, tsl_error *err);

/* segment_base.c: what a segment is by its code and its purchases; notes where that is worded otherwise than the code.
 */
TSL_FALLIBLE tsl_status tsl__bases_find(const tsl__labeling *job, int *quiet, tsl__naming *out, tsl_error *err);

/* once_words.c: of clusters about places, at least half of whose customers bought on one day alone: by all of them
 * once, some of them again, or as nobody at all bought on two days; since when, or how many orders on the one day;
 * spend. */
typedef enum tsl__once_kind { TSL__ONCE, TSL__MOSTLY_ONCE, TSL__ONE_DAY, TSL__ONCE_KINDS } tsl__once_kind;
typedef enum tsl__once_when {
    TSL__ONCE_RECENT,
    TSL__ONCE_LAPSED,
    TSL__ONCE_EARLIER,
    TSL__ONCE_UNTOLD,
    TSL__ONCE_MORE,
    TSL__ONCE_FEWER,
    TSL__ONCE_WHENS
} tsl__once_when;
typedef enum tsl__spend {
    TSL__SPEND_SMALLER,
    TSL__SPEND_LARGER,
    TSL__SPEND_MEDIUM, /* the place says the one, the mean of its customers the other */
    TSL__SPEND_UNTOLD,
    TSL__SPENDS
} tsl__spend;
const char *const *tsl__once_words_get(tsl__once_kind kind, tsl__once_when when, tsl__spend spend);
/* The same with medium spend, and which the base has; NULL: it is not of these. */
const char *const *tsl__once_words_find(const char *base, tsl__spend *spend);
/* The longest of them, in English, that the name begins with; NULL: none. */
const char *tsl__once_words_get_longest(const char *name);

/* smallness.c: whether the segment spends more on average, or less, than all who bought, and one of a cluster than all
 * in clusters; of who bought once it is the purchase that counts. 1: that is not known. */
int tsl__spend_is_so(const tsl__labeling *job, const tsl__naming *of, size_t s, int high);
/* Bases that say "smaller" or "larger" where that is not so say it no more; a note. */
TSL_FALLIBLE tsl_status tsl__smallness_check(const tsl__labeling *job, tsl__naming *out, tsl_error *err);
/* What is said in place of a base that says that; NULL: it does not. */
const char *tsl__smallness_get_plain(const char *base);

/* 1 where the name begins with what the code's segment is called where its silence, or its spend, is the other than
 * base says. */
int tsl__base_contradicts(const char *code, const char *const base[TSL_LANGS], const char *name);

/* given_names.c: 1 where the segment is given a name in each language. */
int tsl__given_names_have(const tsl_label_options *opt, const tsl_policy *policy, size_t s);

/* kept_names.c: kept names in place of those found, which are in the policy; the others are told apart from them. */
TSL_FALLIBLE tsl_status tsl__kept_names_take(const tsl__naming_plan *p, tsl_error *err);

/* speech.c: how each feature is spoken of. */
TSL_FALLIBLE tsl_status tsl__speech_fill(tsl__naming_plan *p, tsl_error *err);
/* What no name may speak of is neither told nor hinted at. */
int tsl__feature_is_nameable(const tsl_feature *feature);

/* What there is more and less of, in words that read well: a segment may be said to be in between. */
int tsl__speech_is_gradable(const tsl__speech *speech);
/* What somebody is or has: "Marital status: Married". */
int tsl__speech_is_state(const tsl__speech *speech);

/* repeats.c: whether what the feature tells of purchases again, high or low, may be said of the segment: neither a
 * rhythm nor a frequency of those most of whom bought once, nor a rate that their number of purchases speaks against.
 */
int tsl__repeats_are_so(const tsl__naming_plan *p, size_t s, size_t f, int high);

/* peers.c: a cluster that somebody is in who bought, or of whom no purchases are known. */
int tsl__naming_is_told_of(const tsl__naming_plan *p, size_t s);
/* p->peers, of the traits and bases. */
void tsl__peers_find(const tsl__naming_plan *p);
/* A trait's effect among the peers, in their own standard deviations. */
double tsl__peers_get_effect(const tsl__naming_plan *p, const tsl_trait *trait);
/* Whether the segment is far enough above everybody and its peers, or below, on the scale and as readers see it. */
int tsl__peers_are_beside(const tsl__naming_plan *p, const tsl_trait *trait, int high);
/* Whether two segments' means in a feature do not differ by as much as a place takes: neither by so many standard
 * deviations of the peers, nor, as readers see them, by so great a part of the way to their mean. */
int tsl__peers_are_tied(const tsl__naming_plan *p, const tsl_trait *a, const tsl_trait *b);
/* How many peers have more, or less, of it by what is no tie. */
size_t tsl__peers_count_beyond(const tsl__naming_plan *p, size_t s, size_t f, int high);

/* reach.c: p->reach, and the traits by it. */
TSL_FALLIBLE tsl_status tsl__reach_find(tsl__naming_plan *p, tsl_error *err);
/* A customer's value of a feature, transformed and within reach; NaN where it is missing. */
double tsl__reach_get_value(const tsl__naming_plan *p, size_t i, size_t f);

/* leads.c: p->lead and p->narrow. */
TSL_FALLIBLE tsl_status tsl__leads_find(tsl__naming_plan *p, tsl_error *err);

/* sayable.c: the segment's trait in a feature; NULL: none. */
const tsl_trait *tsl__naming_get_trait(const tsl__naming_plan *p, size_t s, size_t f);
/* What could be said: p->neighbour to p->count. The bases are there already. */
TSL_FALLIBLE tsl_status tsl__sayable_find(tsl__naming_plan *p, tsl_error *err);

/* overlap.c: how much of one feature the other tells within segments: r squared, of the residuals from the segments'
 * means on the transformed scale. Of at most some thousand customers, evenly taken. */
TSL_FALLIBLE tsl_status tsl__overlap_get(const tsl__naming_plan *p, size_t f, size_t g, double *out, tsl_error *err);

/* rank.c: whether it is like everybody in all that a name may tell. */
int tsl__rank_is_average(const tsl__naming_plan *p, size_t s);
/* Its place among all segments in a feature, where each other one is clearly above or below it; 0 where not, and of the
 * first and of late ones. step: what is clear. *high: 1: from the highest. */
int tsl__rank_get(const tsl__naming_plan *p, size_t s, size_t f, double step, int *high);
/* Where among all segments this one stands, in the feature that tells it best; rank 0: nowhere in particular.
 * at_last: 1: also where it is near the mean, as there is nothing else to tell it by. */
tsl__said tsl__rank_find(const tsl__naming_plan *p, size_t s, int at_last);

/* claims.c: says the trait where it may be said; *taken: 1 where it was. whole: 1: only what needs no cutting. */
TSL_FALLIBLE tsl_status tsl__said_take(tsl__naming_plan *p, const tsl__sayable *c, int whole, int *taken,
                                       tsl_error *err);
/* The same, whatever is said beside it. */
TSL_FALLIBLE tsl_status tsl__said_insist(tsl__naming_plan *p, const tsl__sayable *c, int whole, int *taken,
                                         tsl_error *err);
/* Whether the segment may speak of the feature beside what it says already. */
int tsl__said_may(const tsl__naming_plan *p, const tsl__sayable *c);
/* Says that, whoever else says it. */
TSL_FALLIBLE tsl_status tsl__said_add(tsl__naming_plan *p, size_t s, const tsl__said *said, int whole, int *taken,
                                      tsl_error *err);
/* Likewise by rank, to a segment that has none. */
TSL_FALLIBLE tsl_status tsl__rank_take(tsl__naming_plan *p, size_t s, int at_last, int *taken, tsl_error *err);
int tsl__naming_has_rank(const tsl__naming *naming);
/* The same of another segment; whether that may be is asked before. */
int tsl__said_is_same(const tsl__said *a, const tsl__said *b);
/* Counts what is said of the feature, by 1 or -1: it changes the words of what was said of the same one. */
void tsl__said_mark(tsl__speech *speech, const tsl__said *said, int by);
/* Where `used` has it. */
size_t tsl__sayable_get_place(const tsl__sayable *c);
/* One of a kind ("high spend" of this year and of all years) speaks for all of its topic. */
int tsl__speech_is_spoken_for(const tsl__naming_plan *p, const tsl__speech *speech);

/* grading.c: all segments by the first or the second column that leads. */
TSL_FALLIBLE tsl_status tsl__grades_allot(tsl__naming_plan *p, int which, tsl_error *err);

/* name_completion.c: puts something beside what is no whole name, or says it otherwise. */
TSL_FALLIBLE tsl_status tsl__names_complete(tsl__naming_plan *p, tsl_error *err);

/* allotment.c: each segment's one or two. */
TSL_FALLIBLE tsl_status tsl__said_allot(tsl__naming_plan *p, tsl_error *err);

/* states.c: what parts segments of clusters that are found by what customers are or have. */
TSL_FALLIBLE tsl_status tsl__states_allot(tsl__naming_plan *p, tsl_error *err);

/* parting.c: says a column in which two segments of one name differ, where there is one; *changed: 1: it does. */
TSL_FALLIBLE tsl_status tsl__names_part(tsl__naming_plan *p, size_t a, size_t b, int *changed, tsl_error *err);

/* Of a segment that is its base alone, where another of the base says more: what it is itself by that; *taken: 1. */
TSL_FALLIBLE tsl_status tsl__names_say_beside(tsl__naming_plan *p, size_t s, int *taken, tsl_error *err);

/* name_apart.c: names that no other holds: text[language][segment], owned. */
TSL_FALLIBLE tsl_status tsl__names_settle(tsl__naming_plan *p, char **text[TSL_LANGS], tsl_error *err);

/* name_words.c: the trait in the words of a name; *most: characters that a column's name or value has at most. */
void tsl__said_write(const tsl__said *said, int lang, size_t most, tsl__text *text);
/* 1: that it is above or below average. */
int tsl__said_is_of_average(const tsl__said *said);
/* The whole name, owned; NULL for want of memory. plainly: 0: other names speak of averages. */
char *tsl__name_make(const tsl__naming *of, int lang, int plainly);
/* 1: nothing of it is cut, in either language; -1: no memory. */
int tsl__name_is_whole(const tsl__naming *of);

#endif
