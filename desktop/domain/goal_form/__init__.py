"""The goal form (项目支出绩效目标申报表) as a table: what stands where, and reading one that came back filled."""
