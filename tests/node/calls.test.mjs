// The calls about users, folders, mappings and organizations do what they say, for real.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NotFoundError } from 'processmind';
import { failure, MODEL, stage } from './support.mjs';

const scene = stage();

function byId(list, wanted) {
  return list.find(({ id }) => id === wanted);
}

test('a tenant is renamed and counted', async () => {
  const { client } = scene;
  assert.equal((await client.updateTenant({ displayName: 'Acme' })).displayName, 'Acme');
  assert.equal((await client.getTenant()).displayName, 'Acme');
  const before = await client.getTenantStatistics();
  await scene.datatable();
  assert.equal((await client.getTenantStatistics()).datasetCount, before.datasetCount + 1);
});

test('a user comes, changes and goes', async () => {
  const { client } = scene;
  const { id: userId } = await client.addTenantUser({ email: 'ada@example.org', firstName: 'Ada' });
  await client.updateTenantUser({ userId, isAdminInTenant: true, isActiveInTenant: undefined });
  const user = byId(await client.getTenantUsers(), userId);
  assert.deepEqual([user.firstName, user.isAdminInTenant, user.isActiveInTenant], ['Ada', true, true]);
  await client.removeTenantUser({ userId });
  assert.equal(byId(await client.getTenantUsers(), userId), undefined);
});

test('a process moves: undefined keeps it where it is, null takes it to the root', async () => {
  const { client } = scene;
  const folder = await client.createProcess({ displayName: 'Finance', treeNodeType: 'TreeGroup' });
  const { id: processId } = await client.createProcess({ displayName: 'O2C', treeParentId: null });
  const moved = async (change) => {
    await client.updateProcess({ processId, ...change });
    const { displayName, treeParentId } = await client.getProcess({ processId });
    return [displayName, treeParentId];
  };
  assert.deepEqual(await moved({ treeParentId: folder.id }), ['O2C', folder.id]);
  assert.deepEqual(await moved({ displayName: 'P2P', treeParentId: undefined }), ['P2P', folder.id]);
  assert.deepEqual(await moved({ treeParentId: null }), ['P2P', null]);
  await client.deleteProcess({ processId });
  assert.ok((await failure(() => client.getProcess({ processId }))) instanceof NotFoundError);
});

test('a mapping changes and goes, and a dataset with its datatables', async () => {
  const { client } = scene;
  const { id: processId } = await client.createProcess({ displayName: 'O2C' });
  await client.uploadBpmnFile({ processId, filePath: MODEL });
  const dataTableId = await scene.datatable();
  const { id: mappingId } = await client.createProcessMapping({ processId, dataTableId });
  for (const color of ['data-2', { id: 'data-3' }]) {
    await client.updateProcessMapping({ processId, mappingId, color });
    const mapping = byId(await client.getProcessMappings({ processId }), mappingId);
    assert.deepEqual([mapping.color.id, mapping.showByDefault], [color.id ?? color, true]);
  }
  await client.deleteProcessMapping({ processId, mappingId });
  assert.deepEqual(await client.getProcessMappings({ processId }), []);

  const { datasetId } = await client.getDatatable({ datatableId: dataTableId });
  assert.deepEqual(await client.deleteDataset({ datasetId }), { success: true });
  assert.equal(byId(await client.getDatatables(), dataTableId), undefined);
});

test('an organization’s tenants and users', async () => {
  const { client } = scene;
  assert.ok((await client.getOrganization()).id);
  const { id: targetTenantId } = await client.createOrganizationTenant({ shortName: 'north-2', displayName: 'North' });
  assert.equal(byId(await client.getOrganizationTenants(), targetTenantId).displayName, 'North');
  const { tenantCount } = await client.getOrganizationStatistics();
  await client.deleteOrganizationTenant({ targetTenantId });
  assert.equal((await client.getOrganizationStatistics()).tenantCount, tenantCount - 1);

  const { id: userId } = await client.addTenantUser({ email: 'grace@example.org' });
  await client.updateOrganizationUser({ userId, isAdminInOrganization: true });
  assert.equal(byId(await client.getOrganizationUsers(), userId).isAdminInOrganization, true);
  await client.removeOrganizationUser({ userId });
  assert.equal(byId(await client.getOrganizationUsers(), userId), undefined);
});
