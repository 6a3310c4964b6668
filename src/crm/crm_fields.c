/* crm_fields.c: the table of fields. Codes never change; docs/methods/crm.md lists them. */
#include "crm/crm_fields.h"

#include <string.h>

const tsl__crm_field tsl__crm_fields[TSL__CRM_FIELDS] = {
    [TSL__FIELD_ID] = {"id", TSL__CRM_ID, "ID", {"Customer id", "客户编号"}, "customer_id", 0, 0},
    [TSL__FIELD_SEGMENT] = {"segment", TSL__CRM_PICK, "Segment", {"Segment", "客户分群"}, "segment_code", 0, 0},
    [TSL__FIELD_SEGMENT_LABEL] =
        {"segment_label", TSL__CRM_TEXT, "Segment_Label", {"Segment name", "客户分群名称"}, "segment_code", 0, 0},
    [TSL__FIELD_PREVIOUS] =
        {"previous_segment", TSL__CRM_PICK, "Previous_Segment", {"Previous segment", "上期分群"}, "segment_from", 0, 0},
    [TSL__FIELD_CHANGED_ON] =
        {"changed_on", TSL__CRM_DAY, "Changed_On", {"Segment changed on", "分群变更日期"}, "segment_since", 0, 0},
    [TSL__FIELD_TIER] = {"tier", TSL__CRM_PICK, "Tier", {"Value tier", "客户等级"}, "tier", 0, 0},
    [TSL__FIELD_LIFECYCLE] =
        {"lifecycle", TSL__CRM_PICK, "Lifecycle", {"Lifecycle stage", "生命周期阶段"}, "lifecycle", 0, 0},
    [TSL__FIELD_R] = {"r_score", TSL__CRM_WHOLE, "R_Score", {"Recency score", "最近购买得分 R"}, "r_score", 0, 0},
    [TSL__FIELD_F] = {"f_score", TSL__CRM_WHOLE, "F_Score", {"Frequency score", "购买频率得分 F"}, "f_score", 0, 0},
    [TSL__FIELD_M] = {"m_score", TSL__CRM_WHOLE, "M_Score", {"Monetary score", "消费金额得分 M"}, "m_score", 0, 0},
    [TSL__FIELD_RFM] = {"rfm_segment", TSL__CRM_PICK, "RFM_Segment", {"RFM segment", "RFM 分群"}, "rfm_segment", 0, 0},
    [TSL__FIELD_CLV] = {"clv", TSL__CRM_MONEY, "CLV", {"Expected value, 365 days", "未来 365 天预期价值"}, "clv", 0, 1},
    [TSL__FIELD_CHURN] =
        {"churn_risk", TSL__CRM_SHARE, "Churn_Risk", {"Churn risk, 90 days", "90 天流失风险"}, "churn_risk", 0, 1},
    [TSL__FIELD_REASON_CODE] = {"reason_code", TSL__CRM_PICK, "Reason_Code", {"Reason", "原因"}, "reason_code", 0, 0},
    [TSL__FIELD_REASON] = {"reason", TSL__CRM_TEXT, "Reason", {"Reason in words", "原因说明"}, "reason", 0, 1},
    [TSL__FIELD_ACTION] = {"action", TSL__CRM_PICK, "Action", {"Action", "建议动作"}, "action", 0, 0},
    [TSL__FIELD_ACTION_TEXT] =
        {"action_text", TSL__CRM_TEXT, "Action_Text", {"Action in words", "建议动作说明"}, "action", 0, 0},
    [TSL__FIELD_CONFIDENCE] =
        {"confidence", TSL__CRM_SHARE, "Confidence", {"Confidence", "置信度"}, "confidence", 0, 1},
    [TSL__FIELD_MODEL] = {"model_version", TSL__CRM_TEXT, "Model_Version", {"Model version", "模型版本"}, NULL, 1, 0},
    [TSL__FIELD_SCORED_ON] = {"scored_on", TSL__CRM_DAY, "Scored_On", {"Scored on", "评分日期"}, NULL, 1, 0},
};

size_t tsl__crm_field_find(const char *code)
{
    size_t f = 0;
    while (f < TSL__CRM_FIELDS && strcmp(tsl__crm_fields[f].code, code) != 0) {
        f++;
    }
    return f;
}
