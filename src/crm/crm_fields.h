/* crm_fields.h: the fields that a file for a CRM can have. */
#ifndef TSL_CRM_CRM_FIELDS_H
#define TSL_CRM_CRM_FIELDS_H

#include <tesela/crm.h>

/* What a field holds. */
typedef enum tsl__crm_kind {
    TSL__CRM_ID,
    TSL__CRM_PICK, /* a code of a list */
    TSL__CRM_TEXT,
    TSL__CRM_DAY,
    TSL__CRM_WHOLE,
    TSL__CRM_SHARE, /* 0 to 1 */
    TSL__CRM_MONEY,
    TSL__CRM_KINDS
} tsl__crm_kind;

typedef enum tsl__crm_field_id {
    TSL__FIELD_ID,
    TSL__FIELD_SEGMENT,
    TSL__FIELD_SEGMENT_LABEL,
    TSL__FIELD_PREVIOUS,
    TSL__FIELD_CHANGED_ON,
    TSL__FIELD_TIER,
    TSL__FIELD_LIFECYCLE,
    TSL__FIELD_R,
    TSL__FIELD_F,
    TSL__FIELD_M,
    TSL__FIELD_RFM,
    TSL__FIELD_CLV,
    TSL__FIELD_CHURN,
    TSL__FIELD_REASON_CODE,
    TSL__FIELD_REASON,
    TSL__FIELD_ACTION,
    TSL__FIELD_ACTION_TEXT,
    TSL__FIELD_CONFIDENCE,
    TSL__FIELD_MODEL,
    TSL__FIELD_SCORED_ON,
    TSL__CRM_FIELDS
} tsl__crm_field_id;

typedef struct tsl__crm_field {
    const char *code; /* of --map, and of CSV files */
    tsl__crm_kind kind;
    const char *api;             /* within names of programs: Tesela_Segment__c */
    const char *name[TSL_LANGS]; /* for people */
    const char *column;          /* of segments.csv; NULL: it is not there */
    int apart;                   /* 1: by itself it is no change of a customer */
    int moves;                   /* 1: a figure that moves from day to day, or a sentence that has such */
} tsl__crm_field;

extern const tsl__crm_field tsl__crm_fields[TSL__CRM_FIELDS];

/* By code; TSL__CRM_FIELDS: there is none. */
size_t tsl__crm_field_find(const char *code);

#endif
